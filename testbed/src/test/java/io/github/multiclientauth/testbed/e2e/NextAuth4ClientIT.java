package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code next-auth/react} 4 from npm in a real Chromium, with the API of version 5. */
@EndToEnd
class NextAuth4ClientIT extends NextAuthClient {

    NextAuth4ClientIT(Chain chain) {
        super(chain, "next-auth-4", "callbackUrl");
    }

    /** Version 4 expects {@code {}}, which version 5 would take for a session. It logs that and goes on. */
    @Override
    void logsTheUsualComplaints(List<String> complaints) {
        assertThat(complaints)
                .as("what the browser complains about")
                .isNotEmpty()
                .allMatch(complaint -> complaint.contains("[next-auth][error][CLIENT_FETCH_ERROR]"))
                .allMatch(complaint -> complaint.contains("Cannot convert undefined or null to object"));
    }

    @Test
    void requests_json_in_the_body_and_works_with_redirect_false() {
        ClientTab tab = open();

        tab.starts("client.signIn('github', { callbackUrl: '/', redirect: false })");

        tab.isAskedWhoItIs();
        assertThat(tab.posted("signin/github"))
                .singleElement()
                .asString()
                .contains("json=true")
                .contains("csrfToken=");
    }

    @Test
    void the_facade_accepts_log_messages_of_the_client() {
        ClientTab tab = open();
        tab.seesItself("unauthenticated");

        Response answer = tab.page()
                .waitForResponse(
                        response -> response.url().equals(chain.portfolio() + "/api/auth/_log"), tab::comeBack);

        assertThat(answer.request().method()).isEqualTo("POST");
        assertThat(answer.status()).isEqualTo(200);
    }
}
