package io.github.multiclientauth.testbed.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each algorithm of the client's field "ID token signature algorithm", on a real Keycloak. None of the tests waits for the
 * facade to read the directory, because an administrator does not wait either.
 *
 * <p>Slow: three sign-ins for each algorithm.
 */
@EndToEnd
class AlgorithmsIT {

    private static final String SIGNED = "id.token.signed.response.alg";
    private static final String ENCRYPTED = "id.token.encrypted.response.alg";
    private static final String LOGOUT_URL = "backchannel.logout.url";
    private static final String KEY = "key of AlgorithmsIT";

    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final Person person;
    private final LogoutTokens recorder = new LogoutTokens();
    private final String logoutUrl;
    private boolean hasKey;

    AlgorithmsIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
        this.person = chain.somebody();
        this.logoutUrl = portfolio().path("attributes").path(LOGOUT_URL).asText();
    }

    @AfterEach
    void as_before() {
        attribute(SIGNED, "");
        attribute(ENCRYPTED, "");
        attribute(LOGOUT_URL, logoutUrl);
        administrator.updateRealm(JsonNodeFactory.instance.objectNode().put("defaultSignatureAlgorithm", "RS256"));
        if (hasKey) {
            administrator.removeSigningKey(KEY);
        }
        recorder.close();
    }

    /** Keycloak makes a key for each algorithm that a client asks for. It makes none with the curve Ed448. */
    @ParameterizedTest
    @CsvSource({
        "RS256, ''",
        "RS384, ''",
        "RS512, ''",
        "PS256, ''",
        "PS384, ''",
        "PS512, ''",
        "ES256, ''",
        "ES384, ''",
        "ES512, ''",
        "EdDSA, ''",
        "EdDSA, Ed448",
    })
    void people_sign_in_stay_signed_in_and_are_signed_out(String algorithm, String curve) throws Exception {
        Auth before = signedIn();
        if (!curve.isEmpty()) {
            administrator.addSigningKey(KEY, "eddsa-generated", Map.of("eddsaEllipticCurveKey", curve));
            hasKey = true;
        }

        attribute(SIGNED, algorithm);
        Auth after = signedIn();

        assertThat(before.session().isNull()).as("who was signed in before").isFalse();
        assertConfirmed(algorithm, before, after);
        assertThat(new DirectoryReader(chain)
                        .application("portfolio")
                        .path("idTokenAlgorithm")
                        .asText())
                .isEqualTo(algorithm);

        attribute(LOGOUT_URL, recorder.address());
        endSessions(userId(before));
        assertThat(recorder.tokens()).hasSize(2);
        List<String> tokens = recorder.tokens();
        if (KeycloakIsNewEnough.is("26.4")) {
            assertThat(tokens)
                    .allSatisfy(token -> assertThat(SignedJWT.parse(token)
                                    .getHeader()
                                    .getAlgorithm()
                                    .getName())
                            .isEqualTo(algorithm));
        }
        assertThat(statusOf(tokens.get(0))).as("a logout token").isEqualTo(200);
        assertThat(statusOf(tokens.get(0))).as("the same once more").isEqualTo(400);

        attribute(SIGNED, algorithm.equals("PS256") ? "ES256" : "PS256");
        // The facade learns of the change from a sign-in, or when it reads the directory. Of somebody else: a logout
        // token
        // without sid ends what the person has begun in its second.
        assertThat(signedIn(chain.somebody()).session().isNull()).isFalse();
        assertThat(statusOf(tokens.get(1)))
                .as("a logout token from before the change, which Keycloak would not sign so any more")
                .isEqualTo(KeycloakIsNewEnough.is("26.4") ? 400 : 200);
    }

    /** The client has no algorithm of its own, as most clients. */
    @ParameterizedTest
    @ValueSource(strings = {"ES256", "PS512"})
    void the_realms_default_counts_for_other_clients(String algorithm) throws Exception {
        Auth before = signedIn();

        administrator.updateRealm(JsonNodeFactory.instance.objectNode().put("defaultSignatureAlgorithm", algorithm));
        Auth after = signedIn();

        assertThat(after.session().isNull()).isFalse();
        assertConfirmed(algorithm, before, after);
    }

    /** Keycloak keeps the key to itself: it is not the client's secret. So nobody else can verify such a token. */
    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void a_symmetric_algorithm_is_refused_with_its_cause(String algorithm) throws Exception {
        Auth before = signedIn();

        attribute(SIGNED, algorithm);
        OidcClient client =
                new OidcClient(chain, "portfolio", chain.administrator().clientSecret("portfolio"), chain.portfolio());
        SignedJWT token = SignedJWT.parse(client.redeem(client.authorize(chain.visitor(), person))
                .answer()
                .path("id_token")
                .asText());

        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
        Mac mac = Mac.getInstance(algorithm.replace("HS", "HmacSHA"));
        mac.init(new SecretKeySpec(client.secret().getBytes(UTF_8), mac.getAlgorithm()));
        assertThat(token.getSignature().decode())
                .as("the signature by the client secret")
                .isNotEqualTo(mac.doFinal(token.getSigningInput()));
        assertRefused(algorithm + ": only Keycloak has the key");
        assertThat(before.session().isNull()).as("who was signed in before").isFalse();
    }

    @Test
    void an_encrypted_token_is_refused_with_its_cause() throws Exception {
        Auth before = signedIn();

        ObjectNode attributes = (ObjectNode) portfolio().path("attributes");
        String usesUrl = attributes.path("use.jwks.url").asText();
        JWK key = new RSAKeyGenerator(2048)
                .keyID("of AlgorithmsIT")
                .keyUse(KeyUse.ENCRYPTION)
                .algorithm(JWEAlgorithm.RSA_OAEP_256)
                .generate();
        attributes
                .put(ENCRYPTED, JWEAlgorithm.RSA_OAEP_256.getName())
                .put("use.jwks.url", "false")
                .put("use.jwks.string", "true")
                .put("jwks.string", new JWKSet(key).toPublicJWKSet().toString());
        update(attributes);
        try {
            assertRefused("Keycloak encrypts it");
            assertThat(before.session().isNull()).as("who was signed in before").isFalse();
        } finally {
            update(((ObjectNode) portfolio().path("attributes"))
                    .put("use.jwks.url", usesUrl)
                    .put("use.jwks.string", "false")
                    .put("jwks.string", ""));
        }
    }

    private Auth signedIn() {
        return signedIn(person);
    }

    private Auth signedIn(Person who) {
        Visitor visitor = chain.visitor();
        chain.atPortfolio(visitor).as(who.login());
        return new Auth(visitor, chain.portfolio());
    }

    /** Keycloak is asked about the sessions, since something about the person has changed. */
    private void assertConfirmed(String name, Auth... sessions) throws Exception {
        administrator.rename(userId(sessions[0]), "Signed by", name);
        for (Auth session : sessions) {
            Soon.see(
                    () -> session.session().path("user").path("name").asText(),
                    shown -> shown.equals("Signed by " + name));
        }
    }

    /** Keycloak waits for the recorder's answers. */
    private void endSessions(String userId) {
        administrator
                .sessions(userId)
                .forEach(session -> administrator.endSession(session.path("id").asText()));
    }

    private static String userId(Auth signedIn) {
        return signedIn.session().path("user").path("id").asText();
    }

    private int statusOf(String token) {
        return chain.visitor()
                .post(
                        new Auth(chain.visitor(), chain.portfolio()).at("backchannel-logout"),
                        Map.of("logout_token", token))
                .status();
    }

    private void assertRefused(String cause) throws Exception {
        Path log = chain.logs().resolve("facade.log");
        long length = Files.size(log);
        Visitor visitor = chain.visitor();
        Answer page = chain.atPortfolio(visitor).start();
        Answer end = visitor.follow(visitor.press(page, "button[name=login][value=" + person.login() + "]"));

        assertThat(ErrorAddress.plain(end.address()))
                .isEqualTo(new Auth(visitor, chain.portfolio()).at("error?error=Configuration"));
        Soon.see(() -> Files.readString(log).substring((int) length), text -> text.contains(cause));
    }

    private JsonNode portfolio() {
        return administrator.get("/clients?clientId=portfolio").get(0);
    }

    private void attribute(String name, String value) {
        update(((ObjectNode) portfolio().path("attributes")).put(name, value));
    }

    private void update(ObjectNode attributes) {
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        changed.set("attributes", attributes);
        administrator.updateClient("portfolio", changed);
    }
}
