package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A sign-in with another provider replaces a session, and the applications of that session get a logout token. */
@EndToEnd
class SwitchIT {

    private final Chain chain;
    private final Person person;
    private final Visitor visitor;
    private final LogoutTokens told = new LogoutTokens();
    private final OidcClient other;
    private final OidcClient switching;

    SwitchIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
        this.visitor = chain.visitor();
        this.other = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
        this.switching = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
    }

    @BeforeEach
    void create_the_clients() {
        ObjectNode settings = MadeClient.settings(other);
        settings.withObject("/attributes")
                .put("backchannel.logout.url", told.address())
                .put("backchannel.logout.session.required", "true");
        chain.administrator().createClient(other.clientId(), null, settings);
        chain.administrator().createClient(switching.clientId(), null, MadeClient.settings(switching));
    }

    @AfterEach
    void delete_the_clients() {
        told.close();
        chain.administrator().deleteClient(other.clientId());
        chain.administrator().deleteClient(switching.clientId());
    }

    static Stream<Arguments> everywhere() {
        return FiveProvidersIT.everywhere();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @FromKeycloak(value = "26.3", does = "lets an application ask for a link to another provider (kc_action=idp_link)")
    void the_same_user_at_another_provider_keeps_the_account(String provider, String application) {
        SignIn at = application.equals(Testbed.PORTFOLIO) ? chain.atPortfolio(visitor) : chain.atDashboard(visitor);
        String before = provider.equals("github") ? "google" : "github";
        String id = at.with(before).as(person.login()).path("user").path("id").asText();
        link(provider);
        String replaced = sidOf(id);

        JsonNode user = at.with(provider).as(person.login()).path("user");

        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("provider").asText()).isEqualTo(provider);
        assertThat(user.path("clientId").asText()).isEqualTo(application);
        assertThat(sidOf(id)).isNotEqualTo(replaced);
        assertThat(chain.administrator().links(id)).containsExactlyInAnyOrder(before, provider);
    }

    @Test
    void another_user_at_another_provider_replaces_the_session() {
        JsonNode replaced = other.redeem(other.authorize(visitor, person)).idClaims();

        Map<String, String> answer = switches(chain.somebody());

        assertThat(answer).containsKey("code");
        isToldOnceOf(replaced);
    }

    @Test
    void the_same_user_at_another_provider_replaces_the_session() {
        JsonNode replaced = other.redeem(other.authorize(visitor, person)).idClaims();
        chain.administrator().setEmailVerified(replaced.path("sub").asText(), true);

        Map<String, String> answer = switches(person);

        assertThat(switching.redeem(answer.get("code")).idClaims().path("sub")).isEqualTo(replaced.path("sub"));
        isToldOnceOf(replaced);
    }

    @Test
    void the_same_provider_again_ends_nothing() {
        other.authorize(visitor, person);

        assertThat(switching.authorizeSignedIn(visitor)).isNotEmpty();

        assertThat(told.received()).isEmpty();
    }

    @Test
    void cancelling_at_the_other_provider_ends_nothing() {
        other.authorize(visitor, person);
        Answer consent = visitor.browse(switching.request("kc_idp_hint", "google"));

        Map<String, String> answer = switching.comesBack(visitor, visitor.press(consent, "button[name=cancel]"));

        assertThat(answer).containsEntry("error", "access_denied");
        assertThat(told.received()).isEmpty();
        assertThat(other.authorizeSignedIn(visitor)).isNotEmpty();
    }

    @Test
    void the_session_ends_only_after_the_user_has_given_consent() {
        askForConsent();
        JsonNode replaced = other.redeem(other.authorize(visitor, person)).idClaims();
        Answer question = asksForConsent(chain.somebody());
        assertThat(told.received()).isEmpty();

        Map<String, String> answer = switching.comesBack(visitor, visitor.press(question, "[name=accept]"));

        assertThat(answer).containsKey("code");
        isToldOnceOf(replaced);
    }

    @Test
    void a_user_who_refuses_consent_keeps_the_session() {
        askForConsent();
        other.authorize(visitor, person);
        Answer question = asksForConsent(chain.somebody());

        Map<String, String> answer = switching.comesBack(visitor, visitor.press(question, "[name=cancel]"));

        assertThat(answer).containsEntry("error", "access_denied");
        assertThat(told.received()).isEmpty();
        assertThat(other.authorizeSignedIn(visitor)).isNotEmpty();
    }

    @Test
    void a_user_who_has_given_consent_is_not_asked_again() {
        askForConsent();
        Person after = chain.somebody();
        Visitor earlier = chain.visitor();
        Answer consent = earlier.browse(switching.request("kc_idp_hint", "google"));
        Answer question = earlier.follow(earlier.press(consent, login(after)));
        switching.comesBack(earlier, earlier.press(question, "[name=accept]"));
        JsonNode replaced = other.redeem(other.authorize(visitor, person)).idClaims();

        assertThat(switches(after)).containsKey("code");

        isToldOnceOf(replaced);
    }

    @Test
    void the_session_ends_only_after_required_actions() {
        Person after = chain.somebody();
        Visitor earlier = chain.visitor();
        Answer consent = earlier.browse(switching.request("kc_idp_hint", "google"));
        switching.comesBack(earlier, earlier.press(consent, login(after)));
        chain.administrator()
                .requireAction(
                        chain.administrator().user(after.email()).path("id").asText(), "UPDATE_PROFILE");
        JsonNode replaced = other.redeem(other.authorize(visitor, person)).idClaims();
        Answer page = asksForConsent(after);
        assertThat(told.received()).isEmpty();

        Map<String, String> answer = switching.comesBack(visitor, visitor.press(page, "[type=submit]"));

        assertThat(answer).containsKey("code");
        isToldOnceOf(replaced);
    }

    private void askForConsent() {
        ObjectNode settings = MadeClient.settings(switching).put("consentRequired", true);
        chain.administrator().updateClient(switching.clientId(), settings);
    }

    /** Signs in with another provider and returns the answer to the application. */
    private Map<String, String> switches(Person to) {
        Answer consent = visitor.browse(switching.request("kc_idp_hint", "google"));
        return switching.comesBack(visitor, visitor.press(consent, login(to)));
    }

    /** Signs in with another provider and returns the next page. */
    private Answer asksForConsent(Person to) {
        Answer consent = visitor.browse(switching.request("kc_idp_hint", "google"));
        return visitor.follow(visitor.press(consent, login(to)));
    }

    private void isToldOnceOf(JsonNode replaced) {
        assertThat(told.received()).hasSize(1);
        JsonNode logoutToken = told.received().get(0);
        assertThat(logoutToken.path("sid")).isEqualTo(replaced.path("sid"));
        assertThat(logoutToken.path("sub")).isEqualTo(replaced.path("sub"));
        assertThat(logoutToken.path("aud").asText()).isEqualTo(other.clientId());
        assertThat(logoutToken.path("events").fieldNames())
                .toIterable()
                .containsExactly("http://schemas.openid.net/event/backchannel-logout");
    }

    /** Links the provider through a client of this test, because portfolio and dashboard lack the role for that. */
    private void link(String provider) {
        Answer question = visitor.browse(switching.request("kc_idp_hint", null, "kc_action", "idp_link:" + provider));
        Answer consent = visitor.follow(visitor.press(question, "#kc-continue"));
        assertThat(switching.comesBack(visitor, visitor.press(consent, login(person))))
                .containsEntry("kc_action_status", "success");
    }

    private String sidOf(String userId) {
        JsonNode sessions = chain.administrator().sessions(userId);
        assertThat(sessions).hasSize(1);
        return sessions.get(0).path("id").asText();
    }

    private static String login(Person person) {
        return "button[name=login][value=" + person.login() + "]";
    }
}
