package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.client.Recognition.Reason;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.signin.TransactionName;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.RequestCookies;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CentralHostTest {

    private static final Origin HOST = origin("https://auth.example.com");
    private static final String ONE = "https://one.example.com";
    private static final String TWO = "https://two.example.com";

    private static final DirectorySnapshot DIRECTORY = DirectorySnapshot.of(List.of(
            Applications.application("one", Set.of(ONE, "https://www.one.example.com"), "github"),
            Applications.application("two", Set.of(TWO), "github")));

    private final CentralHost central = new CentralHost(new CentralOrigins(Set.of(HOST)));

    @Test
    void exists_only_where_the_operator_configured_it() {
        assertThat(central.isAt(HOST)).isTrue();
        assertThat(central.isAt(origin("http://auth.example.com"))).isFalse();
        assertThat(central.isAt(origin("https://auth.example.com:8443"))).isFalse();
    }

    /** Columns: Origin, x-client-origin, Referer, query; a dash is absent. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            https://one.example.com - - - one
            https://one.example.com https://two.example.com - - one
            https://one.example.com - - callbackUrl=https://two.example.com/ one
            HTTPS://ONE.example.com:443 - - - one
            null https://two.example.com - - two
            https://auth.example.com https://two.example.com - - two
            - https://two.example.com - callbackUrl=https://one.example.com/ two
            - - - client_origin=https://two.example.com two
            - - https://two.example.com/x callbackUrl=https://one.example.com/y one
            - - https://two.example.com/x callbackUrl=/y two
            - - https://two.example.com/x?y#z - two
            """)
    void uses_the_first_hint_that_is_present(
            String originHeader, String clientOrigin, String referer, String query, String clientId) {
        Recognition found = recognize(originHeader, clientOrigin, referer, query);

        assertThat(found).isInstanceOfSatisfying(Recognized.class, recognized -> {
            assertThat(recognized.application().clientId().value()).isEqualTo(clientId);
            assertThat(recognized.host()).isEqualTo(HOST);
            assertThat(recognized.isCentral()).isTrue();
            assertThat(recognized.sharedHost()).isTrue();
        });
    }

    /** A hint that names an unknown place never falls back to the next hint. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            https://evil.example https://one.example.com - - UNKNOWN_ORIGIN
            https://one.example.com.evil.example - - - UNKNOWN_ORIGIN
            https://one.example.com@evil.example - - - UNKNOWN_ORIGIN
            http://one.example.com - - - UNKNOWN_ORIGIN
            file:// https://one.example.com - - UNKNOWN_ORIGIN
            - https://evil.example - callbackUrl=https://one.example.com/ UNKNOWN_ORIGIN
            - one.example.com - callbackUrl=https://one.example.com/ UNKNOWN_ORIGIN
            - - https://one.example.com/ callbackUrl=https://evil.example/ UNKNOWN_ORIGIN
            - - https://auth.example.com/api/auth/signin - NO_ORIGIN
            - - - callbackUrl=/somewhere NO_ORIGIN
            - - - - NO_ORIGIN
            """)
    void refuses_unknown_hints(String originHeader, String clientOrigin, String referer, String query, String reason) {
        assertThat(recognize(originHeader, clientOrigin, referer, query))
                .isEqualTo(new Refused(Reason.valueOf(reason)));
    }

    @Test
    void recognises_a_callback_by_the_cookie_of_its_sign_in() {
        Recognized two = ((Recognized) DIRECTORY.recognize(origin(TWO))).at(HOST);
        RequestCookies begun = cookies(begun(two));
        RequestCookies other =
                cookies(TransactionName.of(CookieNames.of(two, RequestCookies.parse(List.of())), "other state"));
        RequestCookies gone = cookies(TransactionName.of(
                CookieNames.of(
                        Applications.at("gone", "https://gone.example.com").at(HOST), RequestCookies.parse(List.of())),
                "state"));

        assertThat(callback("state", begun))
                .isInstanceOfSatisfying(
                        Recognized.class,
                        found -> assertThat(found.application().clientId().value())
                                .isEqualTo("two"));
        assertThat(callback("state", other)).isEqualTo(new Refused(Reason.NO_ORIGIN));
        assertThat(callback("state", gone)).isEqualTo(new Refused(Reason.NO_ORIGIN));
        assertThat(callback(null, begun)).isEqualTo(new Refused(Reason.NO_ORIGIN));
        assertThat(callback("state", cookies(begun(two).replace("two.", "!20!."))))
                .as("a name that no client can have")
                .isEqualTo(new Refused(Reason.NO_ORIGIN));
        assertThat(central.recognizeCallback(HOST, Optional.of("state"), begun, DirectorySnapshot.notReady()))
                .isEqualTo(new Refused(Reason.NOT_READY));
    }

    private Recognition callback(String state, RequestCookies cookies) {
        return central.recognizeCallback(HOST, Optional.ofNullable(state), cookies, DIRECTORY);
    }

    private static String begun(Recognized at) {
        return TransactionName.of(CookieNames.of(at, RequestCookies.parse(List.of())), "state");
    }

    private static RequestCookies cookies(String name) {
        return RequestCookies.parse(List.of(name + "=value"));
    }

    private Recognition recognize(String originHeader, String clientOrigin, String referer, String query) {
        Parameters parameters =
                query.equals("-") ? Parameters.NONE : Parameters.ofForm(query).orElseThrow();
        return central.recognize(
                HOST,
                new CentralHost.Hints(given(originHeader), given(clientOrigin), given(referer), parameters),
                DIRECTORY);
    }

    private static String given(String text) {
        return text.equals("-") ? null : text;
    }

    private static Origin origin(String text) {
        return Origin.parse(text).orElseThrow();
    }
}
