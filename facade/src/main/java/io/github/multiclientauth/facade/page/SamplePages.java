package io.github.multiclientauth.facade.page;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.origin.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every page with every message that it can have, to try out templates and texts. */
final class SamplePages {

    private static final String APPLICATION = "Example";
    private static final Reference REFERENCE = new Reference("00000000");
    private static final Instant NOW = Instant.EPOCH.plus(Duration.ofDays(2));
    private static final Optional<String> URL = Optional.of("https://app.example.com");

    private SamplePages() {}

    static List<Page> all() {
        List<Page> pages = new ArrayList<>();
        pages.add(new Page.SignIn(APPLICATION, List.of(), "token", Optional.empty(), "", Optional.empty()));
        for (Page.Notice notice : Page.Notice.values()) {
            pages.add(new Page.SignIn(
                    APPLICATION, List.of(new Provider("github")), "token", URL, "", Optional.of(notice)));
        }
        pages.add(new Page.SignOut(APPLICATION, "token", URL, ""));
        pages.add(sessions(List.of(session(true), session(false)), 2, false));
        pages.add(sessions(List.of(session(true)), 0, true));
        for (Page.Cause cause : Page.Cause.values()) {
            pages.add(new Page.Problem(cause, Optional.of(APPLICATION), REFERENCE, URL));
            pages.add(new Page.Problem(cause, Optional.empty(), REFERENCE, Optional.empty()));
        }
        return pages;
    }

    private static Page sessions(List<Page.Session> sessions, int more, boolean impersonated) {
        return new Page.Sessions(
                APPLICATION,
                sessions,
                more,
                impersonated,
                "token",
                URL,
                URL.orElseThrow(),
                "",
                Optional.of(Page.Notice.SESSION_ENDED),
                NOW);
    }

    private static Page.Session session(boolean current) {
        return new Page.Session(
                "id",
                current,
                Optional.of("Firefox 133"),
                Optional.of("Linux").filter(system -> current),
                Optional.of("192.0.2.1").filter(address -> current),
                Optional.of(new Provider("github")).filter(provider -> current),
                NOW.minus(Duration.ofDays(1)),
                NOW.minus(current ? Duration.ZERO : Duration.ofHours(2)),
                current,
                current,
                List.of(
                        new Page.Place(APPLICATION, URL.flatMap(Origin::parse)),
                        new Page.Place(APPLICATION, Optional.empty())));
    }
}
