package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser always ends at the application's own origin, whatever {@code callbackUrl} says. */
@EndToEnd
class CallbackUrlIT {

    private final Chain chain;
    private final Visitor visitor;
    private final Auth portfolio;

    CallbackUrlIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
    }

    static Stream<String> foreign_addresses() {
        return Stream.of(
                "https://evil.example/",
                "//evil.example/",
                "///evil.example/",
                "/\\evil.example/",
                "\\\\evil.example/",
                "/\t/evil.example/",
                "\t//evil.example/",
                "/\r\nLocation: https://evil.example/",
                "{portfolio}@evil.example/",
                "http://user:{port}@evil.example/",
                "{portfolio}.evil.example/",
                "{portfolio}\\@evil.example/",
                "http://localhost.evil.example:{port}/",
                "http://xlocalhost:{port}/",
                "http://localhost:{port}0/",
                "https://localhost:{port}/",
                "http:evil.example",
                "http:///evil.example/",
                "{dashboard}/",
                "http://[::1]:{port}/",
                "http://%6cocalhost:{port}/",
                "http://localhost%2eevil.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "blob:{portfolio}/x",
                "file:///etc/passwd",
                "http%3A%2F%2F%5B",
                "/../../..//evil.example",
                "evil.example");
    }

    @BeforeEach
    void sign_in() {
        chain.atPortfolio(visitor).as(chain.somebody().login());
    }

    @ParameterizedTest
    @MethodSource("foreign_addresses")
    void sign_in_stays_at_the_application(String pattern) {
        String link =
                Parameters.append(portfolio.at("signin/github").toString(), Map.of("callbackUrl", address(pattern)));
        Answer answer = visitor.get(URI.create(link));
        for (int i = 0; i < 10 && leadsTo(answer, chain.keycloak()); i++) {
            answer = visitor.get(answer.location().orElseThrow());
        }
        // Keycloak's last redirect is the callback. The next one is determined by callbackUrl.
        if (leadsTo(answer, chain.portfolio())) {
            answer = visitor.get(answer.location().orElseThrow());
        }

        staysAtThePortfolio(answer);
    }

    @ParameterizedTest
    @MethodSource("foreign_addresses")
    void sign_out_stays_at_the_application(String pattern) {
        Answer answer = visitor.post(
                portfolio.at("signout"), Map.of("csrfToken", portfolio.csrfToken(), "callbackUrl", address(pattern)));

        staysAtThePortfolio(answer);
    }

    @ParameterizedTest
    @MethodSource("foreign_addresses")
    void a_planted_cookie_leads_nowhere_else(String pattern) {
        visitor.cookies()
                .put(new Cookie(
                        chain.portfolio().host(),
                        "/",
                        "authjs.callback-url",
                        URLEncoder.encode(address(pattern), StandardCharsets.UTF_8),
                        Optional.empty()));

        staysAtThePortfolio(visitor.post(portfolio.at("signout"), Map.of("csrfToken", portfolio.csrfToken())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x?y=%20#z", "{portfolio}/x", "{portfolio}"})
    void an_address_of_the_application_is_kept(String pattern) {
        Answer answer = visitor.post(
                portfolio.at("signout"), Map.of("csrfToken", portfolio.csrfToken(), "callbackUrl", address(pattern)));

        assertThat(answer.headers().firstValue("Location"))
                .hasValue(pattern.startsWith("/") ? chain.portfolio() + pattern : address(pattern));
    }

    private static boolean leadsTo(Answer answer, Origin origin) {
        return answer.location().flatMap(next -> Origin.ofUrl(next.toString())).equals(Optional.of(origin));
    }

    /**
     * Reads the address as a browser does, which treats a backslash as a slash and drops white space. After the origin only the
     * end or a path may follow.
     */
    private void staysAtThePortfolio(Answer answer) {
        String location = answer.headers().firstValue("Location").orElse("");
        if (answer.status() == 302) {
            assertThat(location).matches(Pattern.quote(chain.portfolio().toString()) + "([/?#].*)?");
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(location).isEmpty();
        }
        assertThat(answer.headers().allValues("Location").size()).isLessThan(2);
    }

    private String address(String pattern) {
        return pattern.replace("{portfolio}", chain.portfolio().toString())
                .replace("{dashboard}", chain.dashboard().toString())
                .replace("{port}", Integer.toString(chain.portfolio().port()));
    }
}
