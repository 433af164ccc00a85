package io.github.multiclientauth.facade.page;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every page with every message that it can have, to try out templates and texts. */
final class SamplePages {

    private static final String APPLICATION = "Example";
    private static final Reference REFERENCE = new Reference("00000000");
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
        for (Page.Cause cause : Page.Cause.values()) {
            pages.add(new Page.Problem(cause, Optional.of(APPLICATION), REFERENCE, URL));
            pages.add(new Page.Problem(cause, Optional.empty(), REFERENCE, Optional.empty()));
        }
        return pages;
    }
}
