package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Rules at the token endpoint, for each grant type of Keycloak. {@link RulesIT} tests those that need a browser, and the standard
 * token exchange.
 */
@EndToEnd
class GrantTypesIT {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String UMA = "urn:ietf:params:oauth:grant-type:uma-ticket";
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private final Chain chain;
    private final Person person;
    private final Visitor visitor;
    private final List<Runnable> leftovers = new ArrayList<>();

    GrantTypesIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
        this.visitor = chain.visitor();
    }

    @AfterEach
    void delete_what_was_made() {
        leftovers.forEach(Runnable::run);
    }

    /** The table in docs/reference/grant-types.md has every grant type that Keycloak offers here. */
    @Test
    void the_server_offers_no_undocumented_grant_types() {
        JsonNode offered = chain.visitor()
                .get(URI.create(chain.issuer() + "/.well-known/openid-configuration"))
                .json()
                .path("grant_types_supported");

        assertThat(StreamSupport.stream(offered.spliterator(), false).map(JsonNode::asText))
                .isNotEmpty()
                .isSubsetOf(
                        "authorization_code",
                        "implicit",
                        "refresh_token",
                        "password",
                        "client_credentials",
                        "urn:openid:params:grant-type:ciba",
                        DEVICE,
                        EXCHANGE,
                        UMA,
                        JWT_BEARER,
                        PRE_AUTHORIZED);
    }

    @Test
    void a_password_is_refused_if_keycloaks_login_page_is_not_allowed() {
        OidcClient client = client("github");
        String password = UUID.randomUUID().toString();
        String user = "local-" + UUID.randomUUID();
        chain.administrator().createUser(user, password);

        Answer answer = client.grant(
                Map.of("grant_type", "password", "username", user, "password", password, "scope", "openid"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void a_password_and_its_refresh_are_accepted_if_keycloaks_login_page_is_allowed() {
        OidcClient client = client("keycloak");
        String password = UUID.randomUUID().toString();
        String user = "local-" + UUID.randomUUID();
        chain.administrator().createUser(user, password);

        OidcClient.Tokens tokens = client.directGrant(user, password);

        assertThat(client.refresh(tokens).accessToken()).isNotEmpty();
    }

    @Test
    void rules_do_not_apply_to_service_accounts() {
        assertThat(client("github").serviceAccount().accessToken()).isNotEmpty();
    }

    /** The user signs in with a browser, but not from an origin of the application. */
    @Test
    void the_device_grant_is_refused_because_it_has_no_origin() {
        OidcClient client = client("github");
        JsonNode device = client.device();

        Answer page = visitor.browse(
                URI.create(device.path("verification_uri_complete").asText()));

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.document().select("a[href*=/broker/]")).isEmpty();
        assertThat(client.grant(Map.of(
                                "grant_type",
                                DEVICE,
                                "device_code",
                                device.path("device_code").asText()))
                        .body())
                .doesNotContain("access_token");
    }

    @Test
    void the_implicit_flow_is_refused_with_a_session_of_a_forbidden_provider() {
        OidcClient client = client("github");
        chain.atDashboard(visitor).with("facebook").as(person.login());

        Answer answer =
                visitor.get(client.request("response_type", "id_token token", "kc_idp_hint", null, "prompt", "none"));

        assertThat(answer.location().orElseThrow().toString())
                .contains("error=login_required")
                .doesNotContain("access_token");
    }

    /** An experimental feature of Keycloak, which is off by default. */
    @Test
    void the_server_does_not_accept_a_pre_authorized_code() {
        Answer answer = client("github").grant(Map.of("grant_type", PRE_AUTHORIZED, "pre-authorized_code", "x"));

        assertThat(answer.status()).isEqualTo(400);
    }

    /** An identity provider asserts a user's identity in a JWT, without any interaction. */
    @Nested
    @FromKeycloak(value = "26.7", does = "takes assertions of identity providers as grants (RFC 7523) by default")
    class Assertions {

        private final String corp = "corp-" + UUID.randomUUID();
        private final String issuer = "https://" + corp + ".example";
        private final RSAKey key = key();

        @Test
        void of_a_forbidden_provider_is_refused() {
            OidcClient client = client("github");
            trustCorp(client);

            Answer answer = client.grant(Map.of("grant_type", JWT_BEARER, "assertion", assertion()));

            assertThat(answer.body()).doesNotContain("access_token");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
        }

        @Test
        void of_an_allowed_provider_gets_a_token() {
            OidcClient client = client("github", corp);
            trustCorp(client);

            Answer answer = client.grant(Map.of("grant_type", JWT_BEARER, "assertion", assertion()));

            assertThat(answer.json().path("access_token").asText()).isNotEmpty();
        }

        @Test
        void without_a_rule_gets_a_token() {
            OidcClient client = client();
            trustCorp(client);

            Answer answer = client.grant(Map.of("grant_type", JWT_BEARER, "assertion", assertion()));

            assertThat(answer.json().path("access_token").asText()).isNotEmpty();
        }

        /** The token has no session that would say which provider it is from. */
        @Test
        void is_refused_in_a_token_exchange_too() {
            OidcClient client = client("github", "keycloak");
            OidcClient free = client();
            chain.administrator().addMapper(free.clientId(), MadeClient.audience(client.clientId()));
            trustCorp(free);
            Answer granted = free.grant(Map.of("grant_type", JWT_BEARER, "assertion", assertion()));

            Answer answer = client.grant(Map.of(
                    "grant_type",
                    EXCHANGE,
                    "subject_token",
                    granted.json().path("access_token").asText(),
                    "subject_token_type",
                    "urn:ietf:params:oauth:token-type:access_token"));

            assertThat(granted.json().path("access_token").asText()).isNotEmpty();
            assertThat(answer.body()).doesNotContain("access_token\"");
        }

        /** Creates the provider and a linked user, and lets the client accept the provider's assertions. */
        private void trustCorp(OidcClient client) {
            ObjectNode provider = JsonNodeFactory.instance
                    .objectNode()
                    .put("alias", corp)
                    .put("providerId", "oidc")
                    .put("enabled", true);
            provider.putObject("config")
                    .put("clientId", "an-app")
                    .put("clientSecret", "of-a-test")
                    .put("issuer", issuer)
                    .put("authorizationUrl", issuer + "/auth")
                    .put("tokenUrl", issuer + "/token")
                    .put("validateSignature", "true")
                    .put("useJwksUrl", "false")
                    .put("publicKeySignatureVerifier", pem())
                    .put("publicKeySignatureVerifierKeyId", key.getKeyID())
                    .put("jwtAuthorizationGrantEnabled", "true");
            chain.administrator().createProvider(provider);
            leftovers.add(0, () -> chain.administrator().deleteProvider(corp));
            chain.atPortfolio(chain.visitor()).with("github").as(person.login());
            chain.administrator()
                    .link(chain.administrator().user(person.email()).path("id").asText(), corp, "somebody");
            ObjectNode settings = JsonNodeFactory.instance.objectNode();
            settings.withObject("/attributes")
                    .put("oauth2.jwt.authorization.grant.enabled", "true")
                    .put("oauth2.jwt.authorization.grant.idp", corp);
            chain.administrator().updateClient(client.clientId(), settings);
        }

        private String assertion() {
            Date now = new Date();
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(issuer)
                            .subject("somebody")
                            .audience(chain.issuer().toString())
                            .jwtID(UUID.randomUUID().toString())
                            .issueTime(now)
                            .expirationTime(new Date(now.getTime() + 60_000))
                            .build());
            try {
                token.sign(new RSASSASigner(key));
            } catch (JOSEException broken) {
                throw new AssertionError(broken);
            }
            return token.serialize();
        }

        private String pem() {
            try {
                return Base64.getEncoder().encodeToString(key.toRSAPublicKey().getEncoded());
            } catch (JOSEException broken) {
                throw new AssertionError(broken);
            }
        }

        private static RSAKey key() {
            try {
                return new RSAKeyGenerator(2048).keyID("of-a-test").generate();
            } catch (JOSEException broken) {
                throw new AssertionError(broken);
            }
        }
    }

    /** A client for every grant type, with a rule if providers are given. */
    private OidcClient client(String... allowed) {
        OidcClient client = new OidcClient(chain, MadeClient.id(), "of-a-test", MadeClient.ORIGIN);
        ObjectNode settings = MadeClient.settings(client)
                .put("publicClient", false)
                .put("implicitFlowEnabled", true)
                .put("serviceAccountsEnabled", true)
                .put("directAccessGrantsEnabled", true);
        settings.withObject("/attributes")
                .put("standard.token.exchange.enabled", "true")
                .put("oauth2.device.authorization.grant.enabled", "true");
        if (allowed.length > 0) {
            settings.withArray("protocolMappers").add(MadeClient.rule(allowed));
        }
        chain.administrator().createClient(client.clientId(), client.secret(), settings);
        leftovers.add(() -> chain.administrator().deleteClient(client.clientId()));
        return client;
    }
}
