package io.github.multiclientauth.facade.endpoint;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Redemption;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.RequestCookies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * CVE-2023-48309: every sealed value, put into the place of every other. Each reader takes the value that was made for it,
 * for this application, under this cookie name, and nothing else.
 */
class CrossUseTest {

    private static final String OTHER_MASTER = "another master: Qp4$kW8z_Nv6!cX1mHd5jLs9";
    private static final Recognized SHARED = Applications.onSharedHost(PORTFOLIO);
    private static final Recognized HTTPS =
            Applications.at("portfolio", "https://localhost:3000", "github", "keycloak");

    private final Facade facade = new Facade();

    private enum Kind {
        SESSION,
        TRANSACTION,
        CSRF
    }

    /** A browser in the middle of a second sign-in, with all kinds of cookies. */
    private record Visit(Recognized at, Browser browser, String state) {

        String name(Kind kind) {
            CookieNames names = CookieNames.of(at, RequestCookies.parse(List.of()));
            return switch (kind) {
                case SESSION -> names.session();
                case TRANSACTION ->
                    browser.names().stream()
                            .filter(name -> name.startsWith(names.transaction()))
                            .findFirst()
                            .orElseThrow();
                case CSRF -> names.csrf();
            };
        }

        String value(Kind kind) {
            return browser.value(name(kind)).orElseThrow();
        }
    }

    @HostileInput(row = 6, advisory = "CVE-2023-48309")
    @TestFactory
    Stream<DynamicTest> no_sealed_value_is_accepted_in_place_of_another() {
        Visit own = visit(facade, PORTFOLIO);
        Map<String, Visit> visits = new LinkedHashMap<>();
        visits.put("this application", own);
        visits.put("this application over https", visit(facade, HTTPS));
        visits.put("this application on a shared host", visit(facade, SHARED));
        visits.put("another application", visit(facade, DASHBOARD));
        visits.put("another master", visit(new Facade(OTHER_MASTER), PORTFOLIO));
        List<DynamicTest> tests = new ArrayList<>();
        for (Kind reader : Kind.values()) {
            visits.forEach((whose, visit) -> {
                for (Kind kind : Kind.values()) {
                    // The CSRF cookie is bound to the secret of the application but not to its name, as in Auth.js.
                    boolean right = kind == reader
                            && (visit == own || kind == Kind.CSRF && whose.startsWith("this application"));
                    tests.add(DynamicTest.dynamicTest(
                            kind + " of " + whose + " as " + reader,
                            () -> assertThat(takes(reader, own, visit.value(kind)))
                                    .isEqualTo(right)));
                }
            });
        }
        return tests.stream();
    }

    /** Whether the reader of that kind takes the value. */
    private boolean takes(Kind reader, Visit own, String value) {
        Browser browser = own.browser().copy();
        browser.put(own.name(reader), value, reader == Kind.SESSION || reader == Kind.CSRF ? "/" : "/api/auth");
        return switch (reader) {
            case SESSION -> !facade.session(browser, PORTFOLIO).equals("null");
            case TRANSACTION -> {
                int before = facade.keycloak().redemptions().size();
                facade.keycloak().onRedeem(() -> new Redemption.Refused("only looked at"));
                facade.answer(
                        browser, Requests.get(PORTFOLIO, "/callback/github").query("code=c&state=" + own.state()));
                yield facade.keycloak().redemptions().size() > before;
            }
            case CSRF -> {
                Reply reply = facade.answer(Requests.post(PORTFOLIO, "/signin")
                        .form("csrfToken=" + value.substring(0, Math.min(64, value.length())))
                        .from(browser));
                yield reply instanceof Reply.Redirect;
            }
        };
    }

    private static Visit visit(Facade facade, Recognized at) {
        Browser browser = new Browser();
        facade.signIn(browser, at, "sid-of-" + at.application().clientId());
        String state = facade.beginSignIn(browser, at, "github");
        return new Visit(at, browser, state);
    }
}
