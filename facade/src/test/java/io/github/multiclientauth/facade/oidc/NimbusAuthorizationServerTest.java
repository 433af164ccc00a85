package io.github.multiclientauth.facade.oidc;

import static io.github.multiclientauth.facade.oidc.StandInKeycloak.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.AuthorizationCode;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.AuthorizationRequest;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.LogoutNotice;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Redemption;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Why;
import io.github.multiclientauth.facade.oidc.StandInKeycloak.Asked;
import io.github.multiclientauth.facade.seal.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.minidev.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests requests and answers against a small server on loopback. */
class NimbusAuthorizationServerTest {

    private static final Application PORTFOLIO = Applications.PORTFOLIO.application();
    private static final Application PUBLIC = new Application(
            PORTFOLIO.clientId(),
            PORTFOLIO.name(),
            PORTFOLIO.origins(),
            new ClientAuthentication.None(),
            PORTFOLIO.providers());
    private static final AuthorizationCode CODE = new AuthorizationCode(
            "canary-code",
            "http://localhost:3000/api/auth/callback/github",
            new Secret("canary-verifier-canary-verifier-canary-verifier"),
            new Secret("the nonce"));

    private final MovableClock clock = new MovableClock(Instant.now());
    private final StandInKeycloak realm = new StandInKeycloak();
    private DirectorySnapshot listed = DirectorySnapshot.of(List.of(PORTFOLIO));
    private DirectorySnapshot afterReading = listed;
    private int readings;
    private final ClientDirectory directory = new ClientDirectory() {
        @Override
        public DirectorySnapshot snapshot() {
            return listed;
        }

        @Override
        public DirectorySnapshot readAgain() {
            readings++;
            listed = afterReading;
            return listed;
        }
    };
    private final AuthorizationServer keycloak = server(realm.issuerUri());

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void makes_the_authorization_request_of_the_contract() {
        URI url = keycloak.authorizationUrl(PORTFOLIO, request(Optional.of("github"), Map.of()));

        assertThat(url.toString()).startsWith(realm.issuer() + "/auth?");
        assertThat(parameters(url))
                .isEqualTo(Map.of(
                        "response_type", "code",
                        "client_id", "portfolio",
                        "redirect_uri", "http://localhost:3000/api/auth/callback/github",
                        "scope", "openid profile email",
                        "state", "the state",
                        "nonce", "the nonce",
                        "code_challenge", "the challenge",
                        "code_challenge_method", "S256",
                        "client_origin", "http://localhost:3000",
                        "kc_idp_hint", "github"));
    }

    /** Keycloak refuses a request for a scope that the client does not have. */
    @Test
    void asks_only_for_scopes_of_the_client() {
        for (Set<String> scopes : List.of(Set.of("email"), Set.of("profile"), Set.<String>of())) {
            Application application = new Application(
                    PORTFOLIO.clientId(),
                    PORTFOLIO.name(),
                    PORTFOLIO.origins(),
                    PORTFOLIO.authentication(),
                    PORTFOLIO.providers(),
                    new Application.Demands(false, false, scopes));

            assertThat(parameters(keycloak.authorizationUrl(application, request(Optional.empty(), Map.of()))))
                    .containsEntry(
                            "scope",
                            String.join(" ", "openid", String.join("", scopes)).strip());
        }
    }

    @Test
    void adds_what_the_application_asked_for() {
        Map<String, String> passedOn = Map.of(
                "login_hint", "ada@example.com&client_id=evil",
                "prompt", "none",
                "ui_locales", "de en",
                "max_age", "0",
                "acr_values", "gold");
        Map<String, String> parameters =
                parameters(keycloak.authorizationUrl(PORTFOLIO, request(Optional.empty(), passedOn)));

        assertThat(parameters)
                .containsAllEntriesOf(passedOn)
                .doesNotContainKey("kc_idp_hint")
                .hasSize(14);
        assertThat(parameters).containsEntry("client_id", "portfolio");
    }

    @ParameterizedTest
    @CsvSource({
        "prompt, nonsense",
        "prompt, none login",
        "max_age, x",
        "max_age, -1",
        "ui_locales, '%%'",
        "acr_values, ' '"
    })
    void leaves_nonsense_to_keycloak(String name, String value) {
        assertThat(parameters(keycloak.authorizationUrl(PORTFOLIO, request(Optional.empty(), Map.of(name, value)))))
                .containsEntry(name, value);
    }

    @Test
    void reads_the_metadata_once() {
        keycloak.authorizationUrl(PORTFOLIO, request(Optional.empty(), Map.of()));
        keycloak.authorizationUrl(PORTFOLIO, request(Optional.empty(), Map.of()));

        assertThat(realm.asked("/.well-known/openid-configuration")).hasSize(1);
    }

    @Test
    void reads_the_metadata_when_keycloak_has_come_up() {
        realm.up(false);
        assertThatThrownBy(() -> keycloak.authorizationUrl(PORTFOLIO, request(Optional.empty(), Map.of())))
                .isInstanceOf(UnavailableException.class);
        assertThat(redeem()).isInstanceOf(Redemption.Refused.class);

        realm.up(true);
        assertThat(keycloak.authorizationUrl(PORTFOLIO, request(Optional.empty(), Map.of())))
                .isNotNull();
    }

    @Test
    void refuses_metadata_of_another_issuer() {
        realm.metadata("issuer", "https://evil.example/realms/test");

        assertThatThrownBy(() -> keycloak.authorizationUrl(PORTFOLIO, request(Optional.empty(), Map.of())))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void redeems_a_code_as_the_client_of_the_application() {
        realm.tokens(signed(realm.claims()), "");

        assertThat(((Redemption.Redeemed) redeem()).identity().subject()).isEqualTo("subject");
        Asked asked = realm.asked("/token").get(0);
        assertThat(asked.authorization()).hasValue(basic("portfolio", "client+secret+of+portfolio"));
        assertThat(asked.form())
                .isEqualTo(Map.of(
                        "grant_type", "authorization_code",
                        "code", "canary-code",
                        "redirect_uri", "http://localhost:3000/api/auth/callback/github",
                        "code_verifier", "canary-verifier-canary-verifier-canary-verifier"));
    }

    @Test
    void redeems_a_code_of_a_public_client_without_a_secret() {
        realm.tokens(signed(realm.claims()), "");
        keycloak.redeem(PUBLIC, CODE, Optional.of(realm.issuer()));

        Asked asked = realm.asked("/token").get(0);
        assertThat(asked.authorization()).isEmpty();
        assertThat(asked.form()).containsEntry("client_id", "portfolio");
    }

    /** The page names what the log names: nobody looks for a clock behind a wrong secret. */
    @ParameterizedTest
    @CsvSource({
        "invalid_client, Client authentication with signed JWT failed: Token is not active, CLOCK_SKEW",
        "invalid_client, Client authentication with signed JWT failed: Token was issued in the future, CLOCK_SKEW",
        "invalid_client, Client authentication with signed JWT failed: Invalid token audience, CLIENT_REFUSED",
        "unauthorized_client, Invalid client or Invalid client credentials, CLIENT_REFUSED",
        "invalid_grant, Code not valid, CODE_REFUSED",
    })
    void tells_a_wrong_clock_from_a_wrong_secret(String error, String description, Why why) {
        realm.token(400, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");

        Redemption.Refused refused = (Redemption.Refused) redeem();
        assertThat(refused.why()).isEqualTo(why);
        assertThat(refused.reason().startsWith("clock skew: ")).isEqualTo(why == Why.CLOCK_SKEW);
    }

    @ParameterizedTest
    @ValueSource(longs = {-600, 600, -86_400, 86_400})
    void an_id_token_of_another_time_is_called_clock_skew(long seconds) {
        Instant then = Instant.now().plusSeconds(seconds);
        realm.tokens(
                signed(realm.claims().issueTime(Date.from(then)).expirationTime(Date.from(then.plusSeconds(300)))), "");

        Redemption.Refused refused = (Redemption.Refused) redeem();
        assertThat(refused.why()).isEqualTo(Why.CLOCK_SKEW);
        assertThat(refused.reason()).startsWith("clock skew: ").contains(" s ");
    }

    /** A client may be set up without refresh tokens. */
    @Test
    void needs_no_refresh_token() {
        realm.token(
                200,
                "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"id_token\":\"" + signed(realm.claims())
                        + "\"}");

        assertThat(redeem()).isInstanceOf(Redemption.Redeemed.class);
    }

    /**
     * None of them may become an exception: the user would see a generic error page, and the operator a stack trace.
     */
    @ParameterizedTest
    @MethodSource("oddAnswers")
    void refuses_an_odd_answer_with_a_reason(int status, String body) {
        realm.token(status, body);

        assertThat(((Redemption.Refused) redeem()).reason()).isNotBlank().doesNotContain("null", "canary");
    }

    static Stream<Arguments> oddAnswers() {
        String id = signed(StandInKeycloak.claims("http://127.0.0.1/realms/test"));
        String deep = "[".repeat(100_000);
        return Stream.of(
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"id_token\":\"a.b.c\",\"id_token\":\""
                                + id + "\"}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"refresh_token\":\"\",\"id_token\":\""
                                + id + "\"}"),
                answer(
                        200,
                        "{\"access_token\":\"\",\"token_type\":\"Bearer\",\"refresh_token\":\"canary\",\"id_token\":\""
                                + id + "\"}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"\",\"refresh_token\":\"canary\",\"id_token\":\""
                                + id + "\"}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":7,\"refresh_token\":\"canary\",\"id_token\":\""
                                + id + "\"}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"refresh_token\":7,\"id_token\":\""
                                + id + "\"}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"refresh_token\":\"canary\",\"id_token\":\"\"}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"refresh_token\":\"canary\",\"id_token\":null}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"refresh_token\":\"canary\",\"id_token\":\"a.b.c\"}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"expires_in\":1e300,\"refresh_token\":\"canary\",\"id_token\":\""
                                + id + "\"}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"expires_in\":\"soon\",\"refresh_token\":\"canary\",\"id_token\":\""
                                + id + "\"}"),
                answer(
                        200,
                        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"scope\":{},\"refresh_token\":\"canary\",\"id_token\":\""
                                + id + "\"}"),
                answer(200, "null"),
                answer(200, deep),
                answer(200, "{\"access_token\":" + deep),
                answer(400, "{\"error\":7}"),
                answer(400, "{\"error\":\"\"}"),
                answer(400, "{\"error\":null}"),
                answer(400, "{\"error\":\"\\u0000\\\"\"}"),
                answer(400, "{\"error\":[\"invalid_grant\"]}"),
                answer(400, "{\"error\":" + deep),
                answer(400, deep));
    }

    private static Arguments answer(int status, String body) {
        return Arguments.of(status, body);
    }

    @Test
    void refuses_an_answer_that_is_too_large() {
        realm.tokens(signed(realm.claims()), ",\"more\":\"" + "x".repeat(KeycloakEndpoint.TOKEN.maxBytes()) + "\"");

        assertThat(redeem())
                .isEqualTo(new Redemption.Refused(
                        AuthorizationServer.Why.UNAVAILABLE, "IOException: the answer is larger than 1048576 bytes"));
    }

    /** Keys would come from, and secrets and users would go to, the addresses in the metadata. */
    @ParameterizedTest
    @CsvSource({
        "jwks_uri, file:///etc/passwd",
        "jwks_uri, jar:file:/keys.jar!/keys",
        "jwks_uri, ftp://id.example/certs",
        "jwks_uri, /certs",
        "jwks_uri, https:certs",
        "jwks_uri, https://somebody@id.example/certs",
        "token_endpoint, file:///token",
        "token_endpoint, ",
        "authorization_endpoint, javascript:alert(1)",
        "authorization_endpoint, ",
        "end_session_endpoint, ldap://id.example",
        "pushed_authorization_request_endpoint, gopher://id.example",
    })
    void refuses_endpoints_that_are_not_web_addresses(String name, String address) {
        if (address == null) {
            realm.withoutMetadata(name);
        } else {
            realm.metadata(name, address);
        }

        assertThatThrownBy(() -> keycloak.authorizationUrl(PORTFOLIO, request(Optional.empty(), Map.of())))
                .isInstanceOf(UnavailableException.class)
                .satisfies(
                        e -> assertThat(UpstreamFailure.describe((Exception) e)).contains(name));
        assertThat(redeem()).isInstanceOf(Redemption.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization_endpoint",
                "token_endpoint",
                "jwks_uri",
                "end_session_endpoint",
                "pushed_authorization_request_endpoint"
            })
    void an_https_issuer_has_only_https_endpoints(String name) throws Exception {
        Map<String, Object> secure = new java.util.HashMap<>(Map.of(
                "issuer", "https://id.example",
                "authorization_endpoint", "https://id.example/auth",
                "token_endpoint", "https://id.example/token",
                "jwks_uri", "https://backend.example/certs",
                "subject_types_supported", List.of("public")));
        var issuer = new com.nimbusds.oauth2.sdk.id.Issuer("https://id.example");
        UsableEndpoints.require(issuer, OIDCProviderMetadata.parse(new JSONObject(secure)));

        secure.put(name, "http://id.example/" + name);

        assertThatThrownBy(() -> UsableEndpoints.require(issuer, OIDCProviderMetadata.parse(new JSONObject(secure))))
                .hasMessageContaining(name)
                .hasMessageContaining("http://id.example/" + name);
    }

    /** RFC 9207, section 2.4, which also applies to error responses. */
    @ParameterizedTest
    @CsvSource({
        "true, RIGHT, true",
        "true, , false",
        "true, https://evil.example/realms/test, false",
        "true, RIGHT/, false",
        "false, , true",
        "false, https://evil.example/realms/test, false",
    })
    void detects_responses_of_another_server(boolean announced, String issuer, boolean ours) {
        realm.metadata("authorization_response_iss_parameter_supported", announced);
        Optional<String> iss = Optional.ofNullable(issuer).map(text -> text.replace("RIGHT", realm.issuer()));

        assertThat(keycloak.issuerProblem(iss).isEmpty()).isEqualTo(ours);
    }

    @Test
    void cannot_check_a_response_while_keycloak_is_unreachable() {
        realm.up(false);

        assertThat(keycloak.issuerProblem(Optional.of(realm.issuer())))
                .hasValueSatisfying(reason -> assertThat(reason.reason()).contains("503"));
    }

    /** Three forged logout tokens arrive just before the realm gets a new key. */
    @Test
    void a_new_key_signs_people_in_at_once_whatever_strangers_have_sent() {
        realm.tokens(signed(realm.claims()), "");
        assertThat(redeem()).isInstanceOf(Redemption.Redeemed.class);
        for (int i = 0; i < 3; i++) {
            assertThat(keycloak.logoutNotice(logout(StandInKeycloak.rsaKey("forged " + i)), client -> true))
                    .isInstanceOfSatisfying(
                            LogoutNotice.Forged.class,
                            forged -> assertThat(forged.reason()).isNotBlank().doesNotContain("null"));
        }
        RSAKey next = StandInKeycloak.rsaKey("next");
        realm.keys(next, StandInKeycloak.KEY);
        realm.tokens(signed(realm.claims(), next, JWSAlgorithm.RS256), "");

        assertThat(redeem()).isInstanceOf(Redemption.Redeemed.class);
        assertThat(keycloak.logoutNotice(logout(next), client -> true)).isInstanceOf(LogoutNotice.Genuine.class);
    }

    @Test
    void a_logout_token_cannot_be_verified_without_the_keys() {
        realm.certs(503, "");

        assertThat(keycloak.logoutNotice(logout(StandInKeycloak.KEY), client -> true))
                .isInstanceOfSatisfying(
                        LogoutNotice.Unverifiable.class,
                        notice -> assertThat(notice.reason()).contains("503").doesNotContain("null"));
        realm.keys(StandInKeycloak.KEY);
        assertThat(keycloak.logoutNotice(logout(StandInKeycloak.KEY), client -> true))
                .as("a failed look is not kept")
                .isInstanceOf(LogoutNotice.Genuine.class);
    }

    private String logout(RSAKey key) {
        return signed(logoutClaims(), key, JWSAlgorithm.RS256);
    }

    private JWTClaimsSet.Builder logoutClaims() {
        return new JWTClaimsSet.Builder()
                .issuer(realm.issuer())
                .audience("portfolio")
                .claim("sid", "the-sid")
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                .jwtID("the-id")
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(Instant.now().plusSeconds(120)));
    }

    private static DirectorySnapshot naming(String algorithm) {
        return DirectorySnapshot.of(
                List.of(PORTFOLIO.with(PORTFOLIO.demands().with(new TokenAlgorithms(algorithm, false)))));
    }

    /** The facade reads the directory every few seconds. Nobody has to wait for that. */
    @Test
    void an_algorithm_that_an_administrator_has_just_set_signs_people_in_at_once() {
        SignedTokens changed = SignedTokens.of("PS256");
        realm.keys((RSAKey) changed.key(), StandInKeycloak.KEY);
        realm.tokens(changed.sign(realm.claims().build()), "");
        afterReading = naming("PS256");

        assertThat(redeem()).isInstanceOf(Redemption.Redeemed.class);
        assertThat(readings).isEqualTo(1);
    }

    /** Keycloak signed it just before the change, and the facade has read the directory since then. */
    @Test
    void an_algorithm_that_an_administrator_has_just_replaced_signs_people_in() {
        listed = naming("PS256");
        realm.tokens(signed(realm.claims()), "");

        assertThat(redeem()).isInstanceOf(Redemption.Redeemed.class);
        assertThat(readings).isZero();
    }

    @Test
    void an_algorithm_that_the_directory_does_not_name_is_refused() {
        SignedTokens changed = SignedTokens.of("PS256");
        realm.keys((RSAKey) changed.key(), StandInKeycloak.KEY);
        realm.tokens(changed.sign(realm.claims().build()), "");

        assertThat(redeem())
                .isInstanceOfSatisfying(
                        Redemption.Refused.class,
                        refused -> assertThat(refused.reason()).contains("signed with PS256"));
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void a_logout_token_with_a_new_algorithm_is_accepted_at_once_whatever_strangers_have_sent() throws Exception {
        SignedTokens changed = SignedTokens.of("PS256");
        realm.keys((RSAKey) changed.key(), StandInKeycloak.KEY);
        for (int i = 0; i < 50; i++) {
            SignedJWT forged = new SignedJWT(
                    changed.header(JWSAlgorithm.PS256).build(), logoutClaims().build());
            forged.sign(new RSASSASigner(StandInKeycloak.KEY));
            assertThat(keycloak.logoutNotice(forged.serialize(), client -> true))
                    .isInstanceOf(LogoutNotice.Forged.class);
        }
        assertThat(readings).as("for forged tokens").isZero();
        afterReading = naming("PS256");

        assertThat(keycloak.logoutNotice(changed.sign(logoutClaims().build()), client -> true))
                .isInstanceOf(LogoutNotice.Genuine.class);
        assertThat(readings).isEqualTo(1);
    }

    /** Whoever has seen a logout token with the former algorithm can send it for five minutes. */
    @Test
    void an_old_logout_token_does_not_make_the_facade_read_the_directory_each_time() {
        SignedTokens former = SignedTokens.of("PS256");
        realm.keys((RSAKey) former.key(), StandInKeycloak.KEY);
        String token = former.sign(logoutClaims().build());
        long began = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(keycloak.logoutNotice(token, client -> true)).isInstanceOf(LogoutNotice.Forged.class);
        }

        assertThat(readings)
                .isPositive()
                .isLessThanOrEqualTo(
                        1 + (int) Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"request_uri\":7,\"expires_in\":60}",
                "{\"request_uri\":\"urn:x\",\"expires_in\":-1}",
                "{\"request_uri\":\"urn:x\",\"expires_in\":\"x\"}",
                "{\"request_uri\":\"::::\",\"expires_in\":60}",
                "null",
                "["
            })
    void an_odd_answer_to_a_pushed_request_begins_no_sign_in(String body) {
        realm.metadata("pushed_authorization_request_endpoint", realm.issuer() + "/par");
        realm.pushed(201, body);

        assertThatThrownBy(() -> keycloak.authorizationUrl(demanding(true, false), request(Optional.empty(), Map.of())))
                .isInstanceOf(UnavailableException.class);
        realm.pushed(400, body);
        assertThatThrownBy(() -> keycloak.authorizationUrl(demanding(true, false), request(Optional.empty(), Map.of())))
                .isInstanceOf(UnavailableException.class)
                .satisfies(e -> assertThat(e.getCause().toString()).doesNotContain("null"));
    }

    /** RFC 9207. */
    @ParameterizedTest
    @CsvSource({
        "true, RIGHT, true",
        "true, , false",
        "true, https://evil.example/realms/test, false",
        "true, RIGHT/, false",
        "false, RIGHT, true",
        "false, , true",
        "false, https://evil.example/realms/test, false",
        ", , true",
    })
    void sends_no_code_of_another_authorization_server_to_this_one(Boolean announced, String issuer, boolean sends) {
        if (announced == null) {
            realm.withoutMetadata("authorization_response_iss_parameter_supported");
        } else {
            realm.metadata("authorization_response_iss_parameter_supported", announced);
        }
        realm.tokens(signed(realm.claims()), "");
        Optional<String> iss = Optional.ofNullable(issuer).map(text -> text.replace("RIGHT", realm.issuer()));
        Redemption redemption = keycloak.redeem(PORTFOLIO, CODE, iss);

        assertThat(redemption instanceof Redemption.Redeemed).isEqualTo(sends);
        assertThat(realm.asked("/token")).hasSize(sends ? 1 : 0);
    }

    /** Nothing that a browser can put into the address may become an exception. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\u0000", "\u00e9\ud83d\udd11", "\ud800", "a\r\nb", "&grant_type=password"})
    void refuses_or_sends_any_code_without_failing(String code) {
        realm.token(400, "{\"error\":\"invalid_grant\"}");

        assertThat(keycloak.redeem(
                        PORTFOLIO,
                        new AuthorizationCode(code, CODE.redirectUri(), CODE.codeVerifier(), CODE.nonce()),
                        Optional.of(realm.issuer())))
                .isInstanceOf(Redemption.Refused.class);
        assertThat(realm.asked("/token"))
                .allSatisfy(asked -> assertThat(asked.form()).containsEntry("grant_type", "authorization_code"));
    }

    @Test
    void refuses_tokens_whose_id_token_is_not_right() {
        realm.tokens(signed(realm.claims().claim("nonce", "another")), "");
        assertThat(redeem()).isInstanceOf(Redemption.Refused.class);
        realm.tokens(signed(realm.claims().audience("dashboard")), "");
        assertThat(redeem()).isInstanceOf(Redemption.Refused.class);
        realm.tokens(
                signed(realm.claims(), StandInKeycloak.rsaKey("unknown"), com.nimbusds.jose.JWSAlgorithm.RS256), "");
        assertThat(redeem()).isInstanceOf(Redemption.Refused.class);
    }

    /** The operator reads the reason, so it must not contain what was sent or received. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary-body",
                "{\"access_token\":\"canary-access\",",
                "{\"access_token\":\"canary-access\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"canary-access\",\"token_type\":\"Bearer\",\"id_token\":\"canary-id\"}",
                "{\"access_token\":\"canary-access\",\"token_type\":\"Bearer\",\"id_token\":7,\"refresh_token\":\"canary\"}",
                "{\"access_token\":\"canary-access\",\"token_type\":\"canary-type\"}",
                "{\"access_token\":{\"canary\":1}}",
                "[\"canary\"]",
                "{\"error\":\"invalid_grant\"}",
            })
    void says_nothing_secret_about_an_answer_that_it_cannot_use(String body) {
        realm.token(200, body);

        assertThat(((Redemption.Refused) redeem()).reason()).isNotBlank().doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unauthorized_client", "invalid_client"})
    void says_where_to_look_when_keycloak_refuses_the_client(String error) {
        realm.token(401, "{\"error\":\"" + error + "\"}");

        assertThat(((Redemption.Refused) redeem()).reason())
                .startsWith(error + ": ")
                .contains("Credentials tab");
    }

    @Test
    void asks_nothing_where_nobody_listens() {
        URI closed = realm.issuerUri();
        realm.close();

        assertThat(server(closed).redeem(PORTFOLIO, CODE, Optional.empty())).isInstanceOf(Redemption.Refused.class);
    }

    /** A server that accepts the connection and never answers. */
    @Test
    void gives_up_on_a_server_that_does_not_answer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI issuer = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/realms/test");
            AuthorizationServer impatient = server(issuer, Duration.ofMillis(50), Duration.ofMillis(50));

            assertThat(impatient.redeem(PORTFOLIO, CODE, Optional.empty())).isInstanceOf(Redemption.Refused.class);
        }
    }

    @Test
    void prints_no_code() {
        assertThat(CODE.toString()).doesNotContain("canary");
    }

    private AuthorizationServer server(URI issuer) {
        return server(issuer, Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    private AuthorizationServer server(URI issuer, Duration connect, Duration read) {
        KeycloakRequests requests = new KeycloakRequests(connect, read, Optional.empty(), KeycloakWatch.NONE);
        return new NimbusAuthorizationServer(
                issuer,
                new ProviderMetadata(issuer, requests, Runnable::run),
                new Credentials(issuer, Optional.empty(), clock),
                directory,
                requests,
                clock);
    }

    private Redemption redeem() {
        return keycloak.redeem(PORTFOLIO, CODE, Optional.of(realm.issuer()));
    }

    private static Application demanding(boolean pushedRequests, boolean boundTokens) {
        return new Application(
                PORTFOLIO.clientId(),
                PORTFOLIO.name(),
                PORTFOLIO.origins(),
                PORTFOLIO.authentication(),
                PORTFOLIO.providers(),
                new Application.Demands(pushedRequests, boundTokens));
    }

    @Test
    void pushes_the_authorization_request_of_a_client_that_wants_it() {
        realm.metadata("pushed_authorization_request_endpoint", realm.issuer() + "/par");
        realm.pushed(201, "{\"request_uri\":\"urn:ietf:params:oauth:request_uri:x\",\"expires_in\":60}");

        URI url = keycloak.authorizationUrl(demanding(true, false), request(Optional.of("github"), Map.of()));

        assertThat(url.toString()).startsWith(realm.issuer() + "/auth?");
        assertThat(parameters(url))
                .containsOnly(
                        Map.entry("client_id", "portfolio"),
                        Map.entry("request_uri", "urn:ietf:params:oauth:request_uri:x"));
        var pushed = realm.asked("/par").get(0);
        assertThat(pushed.authorization())
                .hasValueSatisfying(basic -> assertThat(basic).startsWith("Basic "));
        assertThat(pushed.form())
                .containsEntry("client_origin", "http://localhost:3000")
                .containsEntry("kc_idp_hint", "github")
                .containsEntry("code_challenge", "the challenge")
                .containsEntry("state", "the state");
    }

    @Test
    void starts_no_sign_in_if_the_pushed_request_is_refused() {
        realm.metadata("pushed_authorization_request_endpoint", realm.issuer() + "/par");
        realm.pushed(400, "{\"error\":\"invalid_request\"}");
        Application application = demanding(true, false);

        assertThatThrownBy(() -> keycloak.authorizationUrl(application, request(Optional.empty(), Map.of())))
                .isInstanceOf(AuthorizationServer.UnavailableException.class)
                .hasRootCauseMessage("Keycloak refused the pushed request: invalid_request");
        realm.withoutMetadata("pushed_authorization_request_endpoint");
        assertThatThrownBy(() ->
                        server(realm.issuerUri()).authorizationUrl(application, request(Optional.empty(), Map.of())))
                .isInstanceOf(AuthorizationServer.UnavailableException.class);
    }

    /** RFC 9449, section 4.2. */
    @Test
    void proves_possession_of_a_key_for_a_client_whose_tokens_are_bound() throws Exception {
        realm.tokens(signed(realm.claims()), "");

        assertThat(keycloak.redeem(demanding(false, true), CODE, Optional.of(realm.issuer())))
                .isInstanceOf(Redemption.Redeemed.class);

        SignedJWT proof = SignedJWT.parse(realm.asked("/token").get(0).dpop().orElseThrow());
        assertThat(proof.getHeader().getType()).hasToString("dpop+jwt");
        assertThat(proof.getHeader().getJWK().isPrivate()).isFalse();
        assertThat(proof.verify(new ECDSAVerifier(proof.getHeader().getJWK().toECKey())))
                .isTrue();
        assertThat(proof.getJWTClaimsSet().getStringClaim("htm")).isEqualTo("POST");
        assertThat(proof.getJWTClaimsSet().getStringClaim("htu")).isEqualTo(realm.issuer() + "/token");
        keycloak.redeem(PORTFOLIO, CODE, Optional.of(realm.issuer()));
        assertThat(realm.asked("/token").get(1).dpop()).as("nobody else's").isEmpty();
    }

    /** RFC 9449, section 8. */
    @Test
    void repeats_a_proof_with_the_nonce_that_is_wanted_and_no_more_than_once() {
        realm.tokens(signed(realm.claims()), "");
        realm.wantNonce("the server's");

        assertThat(keycloak.redeem(demanding(false, true), CODE, Optional.of(realm.issuer())))
                .isInstanceOf(Redemption.Redeemed.class);
        assertThat(realm.asked("/token")).hasSize(2);

        assertThat(keycloak.redeem(PORTFOLIO, CODE, Optional.of(realm.issuer())))
                .isEqualTo(new Redemption.Refused("use_dpop_nonce"));
        assertThat(realm.asked("/token")).hasSize(3);
    }

    /** RFC 9449, section 8.2: the latest nonce is used at once, until the server wants another one. */
    @Test
    void remembers_the_nonce_and_follows_when_it_changes() {
        realm.tokens(signed(realm.claims()), "");
        realm.wantNonce("the first");
        keycloak.redeem(demanding(false, true), CODE, Optional.of(realm.issuer()));
        keycloak.redeem(demanding(false, true), CODE, Optional.of(realm.issuer()));
        assertThat(nonces()).containsExactly("", "the first", "the first");

        realm.wantNonce("the second");

        assertThat(keycloak.redeem(demanding(false, true), CODE, Optional.of(realm.issuer())))
                .isInstanceOf(Redemption.Redeemed.class);
        assertThat(nonces()).containsExactly("", "the first", "the first", "the first", "the second");
        assertThat(realm.asked("/token").stream().map(asked -> asked.dpop().orElseThrow()))
                .as("each proof is used once")
                .doesNotHaveDuplicates();
    }

    private List<String> nonces() {
        return realm.asked("/token").stream()
                .map(asked -> {
                    try {
                        return Optional.ofNullable(SignedJWT.parse(asked.dpop().orElseThrow())
                                        .getJWTClaimsSet()
                                        .getStringClaim("nonce"))
                                .orElse("");
                    } catch (java.text.ParseException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    /** RFC 9449, section 10.1. Keycloak wants no proof here. */
    @Test
    void pushes_with_a_proof_only_if_the_server_wants_one() {
        realm.metadata("pushed_authorization_request_endpoint", realm.issuer() + "/par");
        realm.pushed(201, "{\"request_uri\":\"urn:ietf:params:oauth:request_uri:x\",\"expires_in\":60}");
        Application application = demanding(true, true);
        keycloak.authorizationUrl(application, request(Optional.empty(), Map.of()));
        assertThat(realm.asked("/par").get(0).dpop()).isEmpty();

        realm.wantNonce("/par", "the server's");

        keycloak.authorizationUrl(application, request(Optional.empty(), Map.of()));
        assertThat(realm.asked("/par")).hasSize(3);
        assertThat(realm.asked("/par").get(2).dpop()).isPresent();
        keycloak.authorizationUrl(application, request(Optional.empty(), Map.of()));
        assertThat(realm.asked("/par")).as("with the nonce at once").hasSize(4);
    }

    @Test
    void says_what_to_do_if_keycloak_has_not_seen_the_certificate() {
        realm.token(
                400,
                "{\"error\":\"invalid_request\",\"error_description\":"
                        + "\"Client Certification missing for MTLS HoK Token Binding\"}");

        assertThat(keycloak.redeem(PORTFOLIO, CODE, Optional.of(realm.issuer())))
                .isInstanceOfSatisfying(Redemption.Refused.class, refused -> {
                    assertThat(refused.why()).isEqualTo(Why.CLIENT_REFUSED);
                    assertThat(refused.toString()).contains("https-client-auth=request", "client-key certificate");
                });
    }

    private static AuthorizationRequest request(Optional<String> hint, Map<String, String> passedOn) {
        return new AuthorizationRequest(
                "http://localhost:3000/api/auth/callback/github",
                "http://localhost:3000",
                "the state",
                "the nonce",
                "the challenge",
                hint,
                passedOn);
    }

    private static Map<String, String> parameters(URI url) {
        return URLUtils.parseParameters(url.getRawQuery()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> single(entry.getValue())));
    }

    private static String single(List<String> values) {
        assertThat(values).hasSize(1);
        return values.get(0);
    }

    private static String basic(String clientId, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(UTF_8));
    }
}
