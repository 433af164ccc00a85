package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.github.multiclientauth.testbed.e2e.SameSession.assertSameSession;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code next-auth/react} 5 from npm in a real Chromium. */
@EndToEnd
class NextAuth5ClientIT extends NextAuthClient {

    NextAuth5ClientIT(Chain chain) {
        super(chain, "next-auth-5", "redirectTo");
    }

    @Override
    void logsTheUsualComplaints(List<String> complaints) {
        assertThat(complaints).as("what the browser complains about").isEmpty();
    }

    @Test
    void with_redirect_false_sign_in_returns_the_address() {
        ClientTab tab = open();

        JsonNode answer = tab.returns("client.signIn('github', { redirect: false, redirectTo: '/' })");

        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(answer.has("error")).isFalse();
        assertThat(answer.path("url").asText()).startsWith(chain.issuer() + "/protocol/openid-connect/auth?");
        assertThat(tab.page()).hasURL(tab.address());

        tab.page().navigate(answer.path("url").asText());
        tab.says(person);
        assertThat(tab.page()).hasURL(chain.portfolio() + "/");
        assertThat(tab.session().path("user").path("email").asText()).isEqualTo(person.email());
    }

    @Test
    void update_without_data_only_reads_the_session() {
        ClientTab tab = open();
        signIn(tab);
        JsonNode before = tab.seesItself("authenticated");

        assertSameSession(before, tab.returns("client.update()"));
        assertSameSession(before, tab.seesItself("authenticated"));
        assertThat(tab.posted("session")).isEmpty();
    }
}
