package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import io.github.multiclientauth.facade.oidc.IdTokens.InvalidIdTokenException;
import io.github.multiclientauth.facade.oidc.LogoutTokens.InvalidLogoutTokenException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ID tokens and logout tokens with each algorithm of Keycloak, and what takes one algorithm for another. */
class SignaturesTest {

    private static final String ISSUER = "https://id.example.com/realms/test";
    private static final ClientId PORTFOLIO = new ClientId("portfolio");
    private static final JWKSet ALL_KEYS =
            new JWKSet(SignedTokens.ALL.stream().map(SignedTokens::key).toList());

    private final IdTokens idTokens = new IdTokens(new Issuer(ISSUER), Clock.systemUTC());
    private final LogoutTokens logoutTokens = new LogoutTokens(new Issuer(ISSUER), Clock.systemUTC());

    static List<SignedTokens> all() {
        return SignedTokens.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_algorithm_of_keycloak_is_accepted(SignedTokens tokens) throws Exception {
        String expected = tokens.algorithm().getName();

        assertThat(idToken(tokens.sign(idClaims()), expected, ALL_KEYS).subject())
                .isEqualTo("subject");
        assertThat(logoutToken(tokens.sign(logoutClaims(), "logout+jwt"), expected, ALL_KEYS)
                        .id())
                .isEqualTo("the-id");
    }

    /** Each of these tokens is one that Keycloak can sign, and the realm has its key. */
    @ParameterizedTest
    @MethodSource("all")
    void only_the_clients_algorithm_is_accepted(SignedTokens tokens) {
        Stream.concat(
                        SignedTokens.ALL.stream().map(each -> each.algorithm().getName()),
                        Stream.of("HS256", "none", "rs256", "", "\n", "EdDSA ", "Ed25519", "x".repeat(10_000)))
                .filter(expected -> !expected.equals(tokens.algorithm().getName()))
                .forEach(expected -> {
                    refused(tokens.sign(idClaims()), expected, ALL_KEYS);
                    assertThatThrownBy(() -> logoutToken(tokens.sign(logoutClaims(), "logout+jwt"), expected, ALL_KEYS))
                            .isInstanceOf(InvalidLogoutTokenException.class)
                            .hasMessageContaining("signed with " + tokens.algorithm());
                });
    }

    /** Keycloak before 26.4 signs them with the algorithm of the client that signs out. */
    @ParameterizedTest
    @MethodSource("all")
    void a_logout_token_may_have_another_algorithm_if_the_directory_says_so(SignedTokens tokens) throws Exception {
        assertThat(logoutTokens
                        .validate(
                                tokens.sign(logoutClaims(), "logout+jwt"),
                                PORTFOLIO,
                                token -> new TokenAlgorithms("PS256", true),
                                new ImmutableJWKSet<>(ALL_KEYS))
                        .id())
                .isEqualTo("the-id");
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_changed_signature_is_refused(SignedTokens tokens) {
        String[] parts = tokens.sign(idClaims()).split("\\.");
        byte[] signature = new Base64URL(parts[2]).decode();
        String expected = tokens.algorithm().getName();
        for (byte[] changed : List.of(
                new byte[0],
                new byte[signature.length],
                Arrays.copyOf(signature, signature.length - 1),
                Arrays.copyOf(signature, signature.length + 1),
                flipped(signature, 0),
                flipped(signature, signature.length / 2))) {
            refused(parts[0] + "." + parts[1] + "." + Base64URL.encode(changed), expected, ALL_KEYS);
        }
        String other = Base64URL.encode(new JWTClaimsSet.Builder(idClaims())
                        .subject("other")
                        .build()
                        .toString())
                .toString();
        refused(parts[0] + "." + other + "." + parts[2], expected, ALL_KEYS);
    }

    /** The key set of a realm that does not say for which algorithm a key is. */
    @ParameterizedTest
    @CsvSource({
        "RS256, PS256",
        "PS256, RS256",
        "RS384, RS256",
        "PS512, PS384",
        "RS512, PS512",
    })
    void a_key_that_fits_two_algorithms_does_not_make_them_the_same(String signed, String expected) throws Exception {
        SignedTokens tokens = SignedTokens.of(signed);
        JWKSet keys = new JWKSet(new RSAKey.Builder((RSAKey) tokens.key())
                .algorithm(null)
                .keyID("shared")
                .build());
        JWSAlgorithm named = tokens.algorithm();

        assertThat(idToken(tokens.sign(idClaims(), named, "shared"), signed, keys)
                        .subject())
                .isEqualTo("subject");
        refused(tokens.sign(idClaims(), named, "shared"), expected, keys);
        refused(tokens.sign(idClaims(), JWSAlgorithm.parse(expected), "shared"), expected, keys);
    }

    @ParameterizedTest
    @CsvSource({
        "ES256, ES384",
        "ES384, ES256",
        "ES512, ES256",
        "ES256, ES512",
        "Ed25519, Ed448",
        "Ed448, Ed25519",
        "ES256, Ed25519",
        "Ed25519, RS256",
        "RS256, ES256"
    })
    void a_key_of_another_curve_or_kind_under_the_same_name_verifies_nothing(String signed, String other)
            throws Exception {
        SignedTokens tokens = SignedTokens.of(signed);
        JWK wrong = renamed(SignedTokens.of(other).key(), tokens.key().getKeyID());

        refused(tokens.sign(idClaims()), tokens.algorithm().getName(), new JWKSet(wrong));
        refused(
                tokens.sign(
                        idClaims(),
                        SignedTokens.of(other).algorithm(),
                        tokens.key().getKeyID()),
                SignedTokens.of(other).algorithm().getName(),
                new JWKSet(wrong));
    }

    /** The realm's own secret key must not count, even if somebody publishes it. */
    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void a_symmetric_algorithm_is_refused_whatever_the_directory_and_the_key_set_say(String algorithm)
            throws Exception {
        byte[] secret = "a secret of the realm that is as long as it must be, for HS512 as well"
                .getBytes(StandardCharsets.UTF_8);
        JWKSet keys =
                new JWKSet(new OctetSequenceKey.Builder(secret).keyID("hmac").build());
        String token = mac(JWSAlgorithm.parse(algorithm), "hmac", secret);

        assertThatThrownBy(() -> idToken(token, algorithm, keys))
                .isInstanceOf(InvalidIdTokenException.class)
                .hasMessageContaining(algorithm + ": only Keycloak has the key");
        assertThatThrownBy(() -> logoutToken(token, algorithm, keys)).isInstanceOf(InvalidLogoutTokenException.class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_public_key_is_no_secret(SignedTokens tokens) throws Exception {
        List<byte[]> secrets = List.of(
                tokens.key().toJSONString().getBytes(StandardCharsets.UTF_8),
                encoded(tokens.key()),
                Arrays.copyOf(encoded(tokens.key()), 64));
        for (byte[] secret : secrets) {
            for (String expected : Set.of("HS256", tokens.algorithm().getName())) {
                refused(mac(JWSAlgorithm.HS256, tokens.key().getKeyID(), secret), expected, ALL_KEYS);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "RS256", "EdDSA", ""})
    void an_unsigned_token_is_refused_whatever_the_directory_says(String expected) {
        refused(new PlainJWT(idClaims()).serialize(), expected, ALL_KEYS);
        refused(
                Base64URL.encode("{\"alg\":\"none\",\"kid\":\"RS256\"}") + "."
                        + Base64URL.encode(idClaims().toString()) + ".",
                expected,
                ALL_KEYS);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_critical_extension_that_nobody_understands_is_refused(SignedTokens tokens) {
        JWSHeader.Builder header =
                tokens.header(tokens.algorithm()).customParam("exp", 1).criticalParams(Set.of("exp"));
        refused(tokens.sign(header, idClaims()), tokens.algorithm().getName(), ALL_KEYS);
    }

    /** The key of the header is the sender's own. */
    @ParameterizedTest
    @MethodSource("all")
    void a_key_in_the_header_does_not_count(SignedTokens tokens) {
        JWSHeader.Builder header = new JWSHeader.Builder(tokens.algorithm()).jwk(tokens.key());
        JWKSet others = new JWKSet(SignedTokens.ALL.stream()
                .filter(each -> !each.name().equals(tokens.name())
                        && !(each.key() instanceof RSAKey && tokens.key() instanceof RSAKey))
                .map(SignedTokens::key)
                .toList());
        refused(tokens.sign(header, idClaims()), tokens.algorithm().getName(), others);
    }

    @Test
    void a_key_that_is_no_point_of_its_curve_is_ignored() {
        SignedTokens tokens = SignedTokens.of("Ed25519");
        for (OctetKeyPair odd : List.of(
                new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(new byte[31]))
                        .keyID("Ed25519")
                        .build(),
                new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(new byte[57]))
                        .keyID("Ed25519")
                        .build(),
                new OctetKeyPair.Builder(Curve.X25519, ((OctetKeyPair) tokens.key()).getX())
                        .keyID("Ed25519")
                        .build())) {
            refused(tokens.sign(idClaims()), "EdDSA", new JWKSet(odd));
        }
    }

    @Test
    void an_encrypted_token_is_refused_with_its_cause() {
        assertThatThrownBy(() -> idToken(
                        "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExMjhHQ00ifQ.aaaa.aaaa.aaaa.aaaa", "RS256", ALL_KEYS))
                .isInstanceOf(InvalidIdTokenException.class)
                .hasMessageContaining("Keycloak encrypts it")
                .hasMessageContaining("Fine grain OpenID Connect configuration");
    }

    private static void refusedBy(Throwable e) {
        assertThat(e).isInstanceOf(InvalidIdTokenException.class);
        assertThat(e.getMessage()).isNotBlank().doesNotContain("null").hasSizeLessThan(500);
    }

    private void refused(String token, String expected, JWKSet keys) {
        assertThatThrownBy(() -> idToken(token, expected, keys)).as(token).satisfies(SignaturesTest::refusedBy);
    }

    private Identity idToken(String token, String expected, JWKSet keys) throws InvalidIdTokenException {
        try {
            return idTokens.validate(
                    JWTParser.parse(token),
                    PORTFOLIO,
                    new TokenAlgorithms(expected, false),
                    new Nonce("the nonce"),
                    new ImmutableJWKSet<>(keys));
        } catch (ParseException e) {
            throw new InvalidIdTokenException("it is no token");
        }
    }

    private AuthorizationServer.LogoutToken logoutToken(String token, String expected, JWKSet keys)
            throws InvalidLogoutTokenException {
        return logoutTokens.validate(
                token, PORTFOLIO, parsed -> new TokenAlgorithms(expected, false), new ImmutableJWKSet<>(keys));
    }

    private static JWTClaimsSet idClaims() {
        return StandInKeycloak.claims(ISSUER).build();
    }

    private static JWTClaimsSet logoutClaims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("portfolio")
                .subject("subject")
                .claim("sid", "the-sid")
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                .jwtID("the-id")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(120)))
                .build();
    }

    private static byte[] flipped(byte[] signature, int at) {
        byte[] changed = signature.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static String mac(JWSAlgorithm algorithm, String keyId, byte[] secret) throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), idClaims());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static byte[] encoded(JWK key) throws JOSEException {
        return key instanceof OctetKeyPair pair
                ? EdDsaVerifier.publicKey(pair).orElseThrow().getEncoded()
                : ((AsymmetricJWK) key).toPublicKey().getEncoded();
    }

    private static JWK renamed(JWK key, String keyId) {
        if (key instanceof ECKey ec) {
            return new ECKey.Builder(ec).algorithm(null).keyID(keyId).build();
        }
        if (key instanceof RSAKey rsa) {
            return new RSAKey.Builder(rsa).algorithm(null).keyID(keyId).build();
        }
        return new OctetKeyPair.Builder((OctetKeyPair) key)
                .algorithm(null)
                .keyID(keyId)
                .build();
    }
}
