package io.github.multiclientauth.facade.wire;

import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.ErrorRedirects;
import io.github.multiclientauth.facade.fake.Requests;
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
