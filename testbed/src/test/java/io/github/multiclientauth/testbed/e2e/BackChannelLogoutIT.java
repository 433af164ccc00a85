package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that end at Keycloak end at the applications, long before they would be revalidated. */
@EndToEnd
@OnKeycloaksImage
class BackChannelLogoutIT {

    private final Chain chain;
    private final Person person;
    private final Visitor visitor;
    private final Auth portfolio;
    private final Auth dashboard;
    private String userId;
    private String sid;

    BackChannelLogoutIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
        this.dashboard = new Auth(visitor, chain.dashboard());
    }

    @BeforeEach
    void sign_in_at_both() {
        userId = chain.atPortfolio(visitor)
                .as(person.login())
                .path("user")
                .path("id")
                .asText();
        chain.atDashboard(visitor).start();
        assertThat(dashboard.session().path("user").path("id").asText()).isEqualTo(userId);
        JsonNode sessions = chain.administrator().sessions(userId);
        assertThat(sessions).hasSize(1);
        sid = sessions.get(0).path("id").asText();
    }

    @Test
    void a_session_ended_by_an_administrator_ends_at_the_applications() throws Exception {
        Visitor elsewhere = chain.visitor();
        chain.atPortfolio(elsewhere).as(person.login());
        assertThat(chain.administrator().sessions(userId)).hasSize(2);

        chain.administrator().endSession(sid);

        awaitNobody(portfolio);
        awaitNobody(dashboard);
        assertThat(new Auth(elsewhere, chain.portfolio()).session().isNull())
                .as("another session of the same person")
                .isFalse();
    }

    @Test
    @FromKeycloak(
            value = "26.7",
            does = "tells a client of each of somebody's sessions when an administrator ends all of them")
    void all_sessions_of_a_user_whom_an_administrator_signs_out_end() throws Exception {
        Visitor elsewhere = chain.visitor();
        chain.atPortfolio(elsewhere).as(person.login());

        chain.administrator().logOut(userId);

        awaitNobody(portfolio);
        awaitNobody(dashboard);
        awaitNobody(new Auth(elsewhere, chain.portfolio()));
    }

    @Test
    void a_session_ended_by_another_application_ends() throws Exception {
        dashboard.signOut();

        awaitNobody(dashboard);
        awaitNobody(portfolio);
    }

    /** Each forged token names a key that the facade does not know, so that the facade would look it up. */
    @Test
    void a_new_key_of_the_realm_is_accepted_at_once_despite_forged_tokens() throws Exception {
        String key = "new key of " + getClass().getSimpleName();
        for (int i = 0; i < 3; i++) {
            assertThat(visitor.post(portfolio.at("backchannel-logout"), Map.of("logout_token", forged("forged " + i)))
                            .status())
                    .isEqualTo(400);
        }
        chain.administrator().addSigningKey(key);
        try {
            Visitor elsewhere = chain.visitor();
            chain.atPortfolio(elsewhere).as(person.login());

            assertThat(new Auth(elsewhere, chain.portfolio()).session().isNull())
                    .as("a sign-in with the new key")
                    .isFalse();
            chain.administrator().endSession(sid);
            awaitNobody(portfolio);
        } finally {
            chain.administrator().removeSigningKey(key);
        }
    }

    /** A logout token that is valid except for its key. */
    private String forged(String keyId) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        long now = System.currentTimeMillis() / 1000;
        String unsigned = base64("{\"alg\":\"RS256\",\"typ\":\"logout+jwt\",\"kid\":\"" + keyId + "\"}")
                + "."
                + base64("{\"iss\":\"" + chain.issuer() + "\",\"aud\":\"portfolio\",\"sid\":\"" + sid
                        + "\",\"jti\":\"" + keyId + "\",\"iat\":" + now + ",\"exp\":" + (now + 60)
                        + ",\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(generator.generateKeyPair().getPrivate());
        signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
        return unsigned + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitNobody(Auth application) throws Exception {
        Soon.see(application::session, JsonNode::isNull);
    }
}
