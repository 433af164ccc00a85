package io.github.multiclientauth.extension.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.extension.application.Lab;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The steps after a sign-in, in Keycloak's order: which client id the provider gets, and what is noted. */
class TokenTermsTest {

    private static final String OLD = "{\"access_token\":\"old\",\"refresh_token\":\"r\"}";
    private static final String NEW = "{\"access_token\":\"new\"}";

    private final Lab lab = new Lab();
    private IdentityProviderModel google;
    private OIDCIdentityProviderConfig config;

    /** The client id that Keycloak asked with. */
    private String asked;

    @BeforeEach
    void realm() {
        google = lab.provider("google", "google", true, Map.of("clientId", "shared", "clientSecret", "s"));
        lab.provider("google-portfolio", "google", false, Map.of("clientId", "own", "clientSecret", "own s"));
        lab.provider("google-dashboard", "google", false, Map.of("clientId", "theirs", "clientSecret", "their s"));
        lab.sessionNotes = new HashMap<>();
        config = new OIDCIdentityProviderConfig(google);
    }

    @Test
    void a_stored_token_is_refreshed_with_the_credentials_of_its_sign_in() {
        lab.storedTokens.put("google", signedIn("portfolio").getToken());

        FederatedIdentityModel link = retrieve();

        assertThat(asked).isEqualTo("own");
        assertThat(StoredTokenNote.read(link.getToken())).isEqualTo("portfolio");
        assertThat(StoredTokenNote.write(link.getToken(), "")).isEqualTo(NEW);
    }

    /** The link is one for all applications; the last sign-in has replaced the token. */
    @Test
    void the_credentials_of_the_last_sign_in_are_used_for_all_applications() {
        lab.storedTokens.put("google", signedIn("portfolio").getToken());
        lab.storedTokens.put("google", signedIn("dashboard").getToken());
        retrieve();
        assertThat(asked).isEqualTo("theirs");

        lab.storedTokens.put("google", signedIn("no-sibling").getToken());
        retrieve();
        assertThat(asked).isEqualTo("shared");
    }

    @Test
    void the_application_gets_the_token_without_the_note() {
        lab.storedTokens.put("google", signedIn("portfolio").getToken());
        FederatedIdentityModel link = lab.link("google");
        String[] handedOut = new String[1];

        terms().tokens().retrieve(link, () -> {
            handedOut[0] = link.getToken();
            return null;
        });

        assertThat(handedOut[0]).isEqualTo(OLD);
        assertThat(link.getToken()).isEqualTo(lab.storedTokens.get("google"));
    }

    @Test
    void a_failed_refresh_keeps_the_note_and_does_not_leak_the_credentials_to_other_requests() {
        lab.storedTokens.put("google", signedIn("portfolio").getToken());
        FederatedIdentityModel link = lab.link("google");

        assertThatThrownBy(() -> terms().tokens().retrieve(link, () -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(link.getToken()).isEqualTo(lab.storedTokens.get("google"));
        assertThat(config.getClientId()).isEqualTo("shared");
        assertThat(google.getConfig()).containsEntry("clientId", "shared");
    }

    @Test
    void tokens_that_were_got_with_the_shared_credentials_stay_as_keycloak_has_them() {
        BrokeredIdentityContext identity = signedIn("no-sibling");

        assertThat(identity.getToken()).isEqualTo(OLD);
        assertThat(identity.getContextData()).isEmpty();
        assertThat(lab.sessionNotes).isEmpty();
    }

    /** A provider that names another client must not get its credentials. */
    @Test
    void a_note_in_the_providers_own_answer_is_ignored() {
        String forged = "{\"access_token\":\"a\",\"multi-client-auth.client\":\"dashboard\"}";

        lab.storedTokens.put("google", signedIn("no-sibling", forged).getToken());
        retrieve();
        assertThat(asked).isEqualTo("shared");

        lab.storedTokens.put("google", OLD);
        exchangeStored(forged);
        assertThat(lab.storedTokens.get("google")).isEqualTo("{\"access_token\":\"a\"}");
    }

    @Test
    void an_exchange_refreshes_the_stored_token_with_its_own_credentials_and_keeps_the_note() {
        lab.storedTokens.put("google", signedIn("portfolio").getToken());

        exchangeStored(NEW);

        assertThat(asked).isEqualTo("own");
        assertThat(StoredTokenNote.read(lab.storedTokens.get("google"))).isEqualTo("portfolio");
    }

    @Test
    void an_exchange_without_a_link_is_left_to_keycloak() {
        exchangeStored(null);

        assertThat(asked).isEqualTo("shared");
        assertThat(lab.storedTokens).isEmpty();
    }

    @Test
    void a_token_of_the_session_is_refreshed_with_the_credentials_of_the_sign_in() {
        signedIn("portfolio");

        exchangeOfSession(null);
        assertThat(asked).isEqualTo("own");

        signedIn("dashboard");
        exchangeOfSession(null);
        assertThat(asked).isEqualTo("theirs");
    }

    @Test
    void signing_in_again_with_the_shared_credentials_replaces_the_note_of_the_session() {
        signedIn("portfolio");
        signedIn("no-sibling");

        exchangeOfSession(null);

        assertThat(asked).isEqualTo("shared");
    }

    @Test
    void linking_another_provider_keeps_the_note_of_this_one() {
        signedIn("portfolio");
        IdentityProviderModel auth0 = lab.provider("auth0", "oidc", true, Map.of("clientId", "a0"));
        AuthenticationSessionModel linking = lab.signIn("dashboard");
        new ApplicationTerms(lab.session(linking), auth0, new OIDCIdentityProviderConfig(auth0))
                .tokens()
                .noted(linking, new BrokeredIdentityContext("id", auth0));

        exchangeOfSession(null);

        assertThat(asked).isEqualTo("own");
    }

    @Test
    void what_the_session_gets_is_stored_as_its_own() {
        lab.storedTokens.put("google", signedIn("portfolio").getToken());

        exchangeOfSession(NEW);

        assertThat(StoredTokenNote.read(lab.storedTokens.get("google"))).isEqualTo("portfolio");
        assertThat(lab.storedTokens.get("google")).contains("new");
    }

    /** Keycloak would keep the older refresh token beside the newer access token: one of each OAuth app. */
    @Test
    void what_the_session_gets_does_not_replace_the_token_of_another_application() {
        signedIn("portfolio");
        String dashboards = StoredTokenNote.write(OLD, "dashboard");
        lab.storedTokens.put("google", dashboards);

        exchangeOfSession(NEW);

        assertThat(lab.storedTokens.get("google")).isEqualTo(dashboards);
    }

    @Test
    void signing_out_names_the_client_that_the_id_token_is_for() {
        signedIn("portfolio");
        lab.action = "LOGGING_OUT";

        terms().tokens().signOut(lab.userSession(), asks(null));

        assertThat(asked).isEqualTo("own");
        assertThat(config.getClientId()).isEqualTo("shared");
    }

    @Test
    void a_sibling_that_was_enabled_meanwhile_is_still_the_same_oauth_app() {
        lab.storedTokens.put("google", signedIn("portfolio").getToken());
        lab.provider("google-portfolio", "google", true, Map.of("clientId", "own", "clientSecret", "own s"));

        retrieve();

        assertThat(asked).isEqualTo("own");
    }

    @Test
    void a_token_of_another_client_is_not_used_with_the_credentials_of_the_present_sign_in() {
        signedIn("dashboard");
        ApplicationTerms terms = terms("portfolio");
        assertThat(ApplicationTerms.applied(terms, config).getClientId()).isEqualTo("own");

        terms.tokens().signOut(lab.userSession(), asks(null));
        assertThat(asked).isEqualTo("theirs");
        assertThat(config.getClientId()).isEqualTo("own");

        lab.sessionNotes.clear();
        terms.tokens().signOut(lab.userSession(), asks(null));
        assertThat(asked).isEqualTo("shared");
    }

    private BrokeredIdentityContext signedIn(String clientId) {
        return signedIn(clientId, OLD);
    }

    /** A sign-in at the client up to its end. */
    private BrokeredIdentityContext signedIn(String clientId, String tokenResponse) {
        AuthenticationSessionModel signIn = lab.signIn(clientId);
        OIDCIdentityProviderConfig copy = new OIDCIdentityProviderConfig(google);
        ApplicationTerms terms = new ApplicationTerms(lab.session(signIn), google, copy);
        ApplicationTerms.applied(terms, copy);
        BrokeredIdentityContext identity = terms.identity(tokenResponse, response -> {
            BrokeredIdentityContext read = new BrokeredIdentityContext("id", google);
            read.setToken(response);
            return read;
        });
        terms.tokens().noted(signIn, identity);
        return identity;
    }

    private FederatedIdentityModel retrieve() {
        FederatedIdentityModel link = lab.link("google");
        terms().tokens().retrieve(link, () -> {
            link.setToken(NEW);
            return asks(null).get();
        });
        return link;
    }

    private void exchangeStored(String stored) {
        terms().tokens().exchangeStored(null, asks(stored));
    }

    private void exchangeOfSession(String stored) {
        terms().tokens().exchangeOfSession(lab.userSession(), null, asks(stored));
    }

    /** @param stored what Keycloak stores, {@code null} for nothing */
    private Supplier<Response> asks(String stored) {
        return () -> {
            asked = config.getClientId();
            if (stored != null) {
                lab.storedTokens.put("google", stored);
            }
            return null;
        };
    }

    /** Nobody signs in. */
    private ApplicationTerms terms() {
        lab.authenticationSession = false;
        ApplicationTerms terms = terms("nobody");
        lab.authenticationSession = true;
        return terms;
    }

    private ApplicationTerms terms(String clientId) {
        return new ApplicationTerms(lab.session(lab.signIn(clientId)), google, config);
    }
}
