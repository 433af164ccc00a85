package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing out ends the session everywhere. No copy of a cookie works afterwards. */
@EndToEnd
@OnKeycloaksImage
class SignOutIT {

    private final Chain chain;
    private final Visitor visitor;
    private final Auth portfolio;
    private final Person person;
    private String userId;

    SignOutIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
        this.person = chain.somebody();
    }

    @BeforeEach
    void sign_in() {
        JsonNode session = chain.atPortfolio(visitor).as(person.login());
        userId = session.path("user").path("id").asText();
        assertThat(chain.administrator().sessions(userId)).hasSize(1);
    }

    @Test
    void ends_the_session_here_and_at_keycloak() {
        Answer answer = portfolio.signOut();

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).hasValue(URI.create(chain.portfolio() + "/"));
        assertThat(portfolio.session().isNull()).isTrue();
        assertThat(portfolio.cookies())
                .extracting(Cookie::name)
                .noneMatch(name -> name.contains("-token") && !name.contains("csrf"));
        assertThat(chain.administrator().sessions(userId)).isEmpty();
    }

    @Test
    void every_copy_of_the_cookies_is_invalid_at_once() {
        List<Cookie> copies = new ArrayList<>(portfolio.cookies());
        portfolio.update("{}");
        copies.addAll(portfolio.cookies());
        Auth thief = thief(copies);
        assertThat(thief.session().isNull()).as("the copy is good before").isFalse();

        portfolio.signOut();

        for (Cookie copy : copies) {
            assertThat(thief(List.of(copy)).session().isNull()).isTrue();
        }
        assertThat(thief(copies).session().isNull()).isTrue();
        assertThat(thief(copies).update("{}").body()).isEqualTo("null");
    }

    @Test
    void the_next_sign_in_asks_the_provider_again() {
        portfolio.signOut();

        Answer page = chain.atPortfolio(visitor).start();

        assertThat(page.document().select("button[name=login]")).isNotEmpty();
    }

    @Test
    void a_link_of_the_application_signs_out_at_once() {
        Answer answer = visitor.get(
                portfolio.at("signout?callbackUrl=%2Fbye"),
                "Sec-Fetch-Site",
                "same-origin",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest",
                "document");

        assertThat(answer.location()).hasValue(URI.create(chain.portfolio() + "/bye"));
        assertThat(chain.administrator().sessions(userId)).isEmpty();
    }

    @Test
    void a_link_on_another_site_leads_to_a_page_that_asks() {
        Answer page = visitor.get(
                portfolio.at("signout"),
                "Sec-Fetch-Site",
                "cross-site",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest",
                "document");

        assertThat(page.status()).isEqualTo(200);
        assertThat(portfolio.session().isNull()).isFalse();

        visitor.follow(visitor.press(page, "form button"));
        assertThat(portfolio.session().isNull()).isTrue();
        assertThat(chain.administrator().sessions(userId)).isEmpty();
    }

    @Test
    void a_prefetched_link_does_not_sign_out() {
        visitor.get(
                portfolio.at("signout"),
                "Sec-Fetch-Site",
                "same-origin",
                "Sec-Fetch-Mode",
                "cors",
                "Sec-Fetch-Dest",
                "empty",
                "RSC",
                "1");
        visitor.get(portfolio.at("signout"));

        assertThat(portfolio.session().isNull()).isFalse();
        assertThat(chain.administrator().sessions(userId)).hasSize(1);
    }

    @Test
    void an_image_of_the_same_site_does_not_sign_out() {
        visitor.get(portfolio.at("signout"), "Sec-Fetch-Site", "same-site", "Sec-Fetch-Dest", "image");

        assertThat(portfolio.session().isNull()).isFalse();
        assertThat(chain.administrator().sessions(userId)).hasSize(1);
    }

    @Test
    void needs_the_csrf_token() {
        Answer answer = visitor.post(portfolio.at("signout"), Map.of("csrfToken", "wrong"));

        assertThat(answer.location().map(ErrorAddress::plain)).hasValue(portfolio.at("signin?error=MissingCSRF"));
        assertThat(portfolio.session().isNull()).isFalse();
    }

    @Test
    void a_client_of_auth_js_gets_the_address_as_json() {
        Answer answer = visitor.post(
                portfolio.at("signout"),
                Map.of("csrfToken", portfolio.csrfToken(), "callbackUrl", "/"),
                Auth.RETURN_REDIRECT,
                "1");

        assertThat(answer.body()).isEqualTo("{\"url\":\"" + chain.portfolio() + "/\"}");
        assertThat(portfolio.session().isNull()).isTrue();
    }

    private Auth thief(List<Cookie> cookies) {
        Visitor thief = chain.visitor();
        cookies.forEach(thief.cookies()::put);
        return new Auth(thief, chain.portfolio());
    }
}
