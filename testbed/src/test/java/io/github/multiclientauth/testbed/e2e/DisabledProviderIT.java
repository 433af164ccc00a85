package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The administrator disables a provider while a user is there or on the way. */
@EndToEnd
class DisabledProviderIT {

    private static final String WAY_BACK = "#backToApplication";

    private final Chain chain;
    private final Person person;
    private final Visitor visitor;
    private final OidcClient client;

    DisabledProviderIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
        this.visitor = chain.visitor();
        this.client = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
    }

    @BeforeEach
    void create_the_client() {
        chain.administrator().createClient(client.clientId(), null, MadeClient.settings(client));
    }

    @AfterEach
    void delete_the_client() {
        chain.administrator().deleteClient(client.clientId());
    }

    @Test
    void a_hint_at_it_is_refused_before_a_redirect_to_the_provider() {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            provider.enable(false);

            Map<String, String> answer = client.comesBack(visitor, visitor.get(request(provider)));

            assertThat(answer).containsEntry("error", "access_denied").containsKey("state");
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void users_who_return_from_it_see_why_and_get_back_to_the_application(String type) {
        try (MadeProvider provider = MadeProvider.of(chain, type)) {
            URI request = request(provider);
            Answer consent = visitor.browse(request);
            provider.enable(false);

            Answer answer = comesBackFrom(consent);

            saysThatItIsDisabled(answer, request);
        }
    }

    @Test
    void users_who_choose_it_on_an_old_page_see_why_and_get_back_to_the_application() {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            URI request = client.request("kc_idp_hint", null);
            Answer loginPage = visitor.browse(request);
            String button = loginPage
                    .document()
                    .selectFirst("a[href*=/broker/" + provider.alias() + "/]")
                    .absUrl("href");
            provider.enable(false);

            Answer answer = visitor.get(URI.create(button), "Accept", "text/html");

            saysThatItIsDisabled(answer, request);
        }
    }

    @Test
    void users_with_a_pending_required_action_are_not_signed_in() {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            Visitor earlier = chain.visitor();
            Answer consent = earlier.browse(request(provider));
            assertThat(client.comesBack(earlier, earlier.press(consent, login())))
                    .containsKey("code");
            String userId =
                    chain.administrator().user(person.email()).path("id").asText();
            chain.administrator().requireAction(userId, "UPDATE_PROFILE");
            Answer page = visitor.follow(visitor.press(visitor.browse(request(provider)), login()));
            provider.enable(false);

            Map<String, String> answer = client.comesBack(visitor, visitor.press(page, "[type=submit]"));

            assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
            assertThat(chain.administrator().sessions(userId)).hasSize(1);
        }
    }

    @Test
    void sessions_that_it_has_started_continue() {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            Answer consent = visitor.browse(request(provider));
            client.comesBack(visitor, visitor.press(consent, login()));
            provider.enable(false);

            Map<String, String> answer =
                    client.comesBack(visitor, visitor.get(client.request("kc_idp_hint", null, "prompt", "none")));

            assertThat(answer).containsKey("code");
        }
    }

    @Test
    @FromKeycloak(value = "26.5", does = "refuses to look for a disabled provider before anything else is asked")
    void a_client_that_has_not_opted_in_gets_keycloaks_own_page() {
        chain.administrator().optOut(client.clientId());
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            Answer consent = visitor.browse(request(provider));
            provider.enable(false);

            Answer page = comesBackFrom(consent);

            assertThat(page.status()).isEqualTo(404);
            assertThat(page.document().selectFirst("#kc-error-message").text()).isEqualTo("Page not found");
        }
    }

    /** Callers that do not ask for HTML get an error in JSON. */
    private Answer comesBackFrom(Answer consent) {
        URI callback = visitor.press(consent, login()).location().orElseThrow();
        return visitor.get(callback, "Accept", "text/html");
    }

    private void saysThatItIsDisabled(Answer answer, URI request) {
        assertThat(keycloakLooks() ? toldByPage(answer) : client.comesBack(visitor, answer))
                .containsEntry("error", "access_denied")
                .containsEntry("state", Parameters.ofQuery(request).get("state"));
        assertThat(chain.administrator().users(person.email())).isEmpty();
        assertThat(client.comesBack(visitor, visitor.get(client.request("kc_idp_hint", null, "prompt", "none"))))
                .containsEntry("error", "login_required");
    }

    private Map<String, String> toldByPage(Answer page) {
        assertThat(page.status()).isGreaterThanOrEqualTo(400);
        assertThat(page.document().selectFirst("#kc-error-message").text())
                .contains("Signing in with Switchable has been switched off");
        URI wayBack = URI.create(page.document().selectFirst(WAY_BACK).absUrl("href"));
        assertThat(wayBack.toString()).startsWith(client.redirectUri() + "?");
        return Parameters.ofQuery(wayBack);
    }

    /** Older servers leave it to the extension, which sends users back to the application. */
    private static boolean keycloakLooks() {
        return KeycloakIsNewEnough.is("26.5");
    }

    private static List<String> types() {
        return KeycloakIsNewEnough.is("26.3") ? List.of("oidc", "oauth2") : List.of("oidc");
    }

    private URI request(MadeProvider provider) {
        return client.request("kc_idp_hint", provider.alias());
    }

    private String login() {
        return "button[name=login][value=" + person.login() + "]";
    }
}
