package io.github.multiclientauth.facade.wire;

import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.RedirectUris;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.ErrorRedirects;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthRequestTest {

    @Test
    void error_redirects_are_absolute_and_at_the_origin_of_the_request() {
        AuthRequest request = Requests.get(PORTFOLIO, "/session").build();

        assertThat(request.toErrorPage(Page.Cause.CONFIGURATION))
                .matches(ErrorRedirects.to("http://localhost:3000/api/auth/error?error=Configuration"));
        assertThat(request.toSignInPage(AuthErrorCode.MISSING_CSRF))
                .matches(ErrorRedirects.to("http://localhost:3000/api/auth/signin?error=MissingCSRF"));
    }

    /** The redirect URI is at the host that got the request: at a central facade its own, for a preview the callback origin. */
    @Test
    void offers_the_providers_for_which_keycloak_has_the_redirect_uri_of_this_host() {
        String own = "http://localhost:3000";
        String central = "https://auth.example.com";
        assertThat(offered(own, own, own + "/api/auth/callback/github")).containsExactly("github");
        assertThat(offered(own, own, central + "/api/auth/callback/*")).isEmpty();
        assertThat(offered(own, central, central + "/api/auth/callback/*")).containsExactly("github", "keycloak");
        assertThat(offered(own, central, own + "/api/auth/callback/*")).isEmpty();
        assertThat(offered(
                        "https://pr-1-app.example.net",
                        "https://pr-1-app.example.net",
                        own + "/api/auth/callback/keycloak"))
                .as("a preview, whose sign-ins come back to the registered origin")
                .containsExactly("keycloak");
    }

    private static List<String> offered(String origin, String host, String redirectUri) {
        Application application = Applications.withPreviews(
                        PORTFOLIO.application(), "http://localhost:3000", "https://*-app.example.net")
                .with(new RedirectUris(Optional.of(Set.of(redirectUri))));
        Recognized recognized = new Recognized(
                application,
                Origin.parse(origin).orElseThrow(),
                Origin.parse(host).orElseThrow(),
                false);
        return Requests.get(recognized, "/providers").build().offered().stream()
                .map(Provider::alias)
                .toList();
    }

    @Test
    void error_redirects_never_set_cookies() {
        assertThat(Requests.get(PORTFOLIO, "/session")
                        .build()
                        .toErrorPage(Page.Cause.CONFIGURATION)
                        .cookies())
                .isEmpty();
    }

    @Test
    void a_client_of_auth_js_5_asks_by_header_for_the_redirect_as_json() {
        assertThat(Requests.post(PORTFOLIO, "/signout")
                        .returningRedirect()
                        .build()
                        .wantsRedirectAsJson())
                .isTrue();
        assertThat(Requests.get(PORTFOLIO, "/signout")
                        .returningRedirect()
                        .build()
                        .wantsRedirectAsJson())
                .isTrue();
    }

    @Test
    void a_client_of_auth_js_4_asks_in_the_body() {
        assertThat(Requests.post(PORTFOLIO, "/signout")
                        .form("json=true")
                        .build()
                        .wantsRedirectAsJson())
                .isTrue();
        assertThat(Requests.post(PORTFOLIO, "/signout").form("json=1").build().wantsRedirectAsJson())
                .isFalse();
        assertThat(Requests.post(PORTFOLIO, "/signout")
                        .query("json=true")
                        .build()
                        .wantsRedirectAsJson())
                .isFalse();
        assertThat(Requests.get(PORTFOLIO, "/signout")
                        .query("json=true")
                        .build()
                        .wantsRedirectAsJson())
                .isFalse();
    }
}
