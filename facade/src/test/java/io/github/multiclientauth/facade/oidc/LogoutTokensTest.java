package io.github.multiclientauth.facade.oidc;

import static io.github.multiclientauth.facade.oidc.StandInKeycloak.KEY;
import static io.github.multiclientauth.facade.oidc.StandInKeycloak.rsaKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.Issuer;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.LogoutToken;
import io.github.multiclientauth.facade.oidc.LogoutTokens.InvalidLogoutTokenException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutTokensTest {

    private static final String ISSUER = "https://id.example.com/realms/test";
    private static final ClientId PORTFOLIO = new ClientId("portfolio");
    private static final JWKSource<SecurityContext> KEYS = new ImmutableJWKSet<>(new JWKSet(KEY.toPublicJWK()));
    private static final String TYPE = "logout+jwt";

    private final LogoutTokens tokens = new LogoutTokens(new Issuer(ISSUER), Clock.systemUTC());

    @Test
    void name_the_session_that_is_over() throws Exception {
        var claims = claims().build();

        assertThat(validate(signed(new JWTClaimsSet.Builder(claims))))
                .isEqualTo(new LogoutToken(
                        PORTFOLIO,
                        Optional.of("the-sid"),
                        Optional.of("subject"),
                        "the-id",
                        claims.getIssueTime().toInstant().truncatedTo(ChronoUnit.SECONDS)));
    }

    @Test
    void may_name_the_user_alone() throws Exception {
        assertThat(validate(signed(claims().claim("sid", null))).sid()).isEmpty();
        assertThat(validate(signed(claims().subject(null))).subject()).isEmpty();
    }

    /** Keycloak's clock counts, not the one of this machine. */
    @ParameterizedTest
    @ValueSource(longs = {-7200, -240, 240, 7200})
    void times_are_judged_by_the_given_clock(long ahead) throws Exception {
        LogoutTokens corrected =
                new LogoutTokens(new Issuer(ISSUER), Clock.offset(Clock.systemUTC(), Duration.ofSeconds(ahead)));
        var claims = claims().issueTime(at(ahead)).expirationTime(at(ahead + 120));

        assertThat(corrected
                        .validate(signed(claims), PORTFOLIO, token -> TokenAlgorithms.USUAL, KEYS)
                        .id())
                .isEqualTo("the-id");
        assertThatThrownBy(() -> corrected.validate(
                        signed(claims.expirationTime(at(ahead - 120))),
                        PORTFOLIO,
                        token -> TokenAlgorithms.USUAL,
                        KEYS))
                .isInstanceOf(InvalidLogoutTokenException.class);
    }

    /** The standard does not require a type, and Keycloak has not always set one. */
    @Test
    void need_no_type_of_their_own() throws Exception {
        assertThat(validate(signed(claims(), KEY, JWSAlgorithm.RS256, "JWT")).id())
                .isEqualTo("the-id");
        assertThat(validate(signed(claims(), KEY, JWSAlgorithm.RS256, null)).id())
                .isEqualTo("the-id");
    }

    @HostileInput(row = 15, advisory = "CVE-2026-18569")
    @ParameterizedTest
    @MethodSource("forged")
    void refuse(String token) {
        assertThatThrownBy(() -> validate(token))
                .isInstanceOf(InvalidLogoutTokenException.class)
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().isNotEqualTo("null"));
    }

    static Stream<Named<String>> forged() throws JOSEException {
        return Stream.of(
                Named.of("alg none", new PlainJWT(claims().build()).serialize()),
                Named.of(
                        "HS256 with the public key as it is published",
                        hmac(KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))),
                Named.of(
                        "HS256 with the public key in DER",
                        hmac(KEY.toRSAPublicKey().getEncoded())),
                Named.of("RS512 with the right key", signed(claims(), KEY, JWSAlgorithm.RS512, TYPE)),
                Named.of(
                        "another key under the name of the right one",
                        signed(claims(), rsaKey(KEY.getKeyID()), JWSAlgorithm.RS256, TYPE)),
                Named.of("an unknown key", signed(claims(), rsaKey("unknown"), JWSAlgorithm.RS256, TYPE)),
                Named.of("the type of an access token", signed(claims(), KEY, JWSAlgorithm.RS256, "at+jwt")),
                Named.of("an ID token", signed(StandInKeycloak.claims(ISSUER), KEY, JWSAlgorithm.RS256, "JWT")),
                Named.of("no issuer", signed(claims().issuer(null))),
                Named.of("another issuer", signed(claims().issuer("https://id.example.com/realms/other"))),
                Named.of("no audience", signed(claims().audience((String) null))),
                Named.of("another audience", signed(claims().audience("dashboard"))),
                Named.of("two audiences", signed(claims().audience(List.of("portfolio", "dashboard")))),
                Named.of("a nonce", signed(claims().claim("nonce", "nonce"))),
                Named.of("no events", signed(claims().claim("events", null))),
                Named.of("another event", signed(claims().claim("events", Map.of("http://other", Map.of())))),
                Named.of("events that are no object", signed(claims().claim("events", List.of(event())))),
                Named.of("no jti", signed(claims().jwtID(null))),
                Named.of("no iat", signed(claims().issueTime(null))),
                Named.of("an old iat", signed(claims().issueTime(at(-3600)))),
                Named.of("from the future", signed(claims().issueTime(at(3600)))),
                Named.of("ended", signed(claims().expirationTime(at(-600)))),
                Named.of(
                        "neither sid nor sub",
                        signed(claims().claim("sid", null).subject(null))),
                Named.of("an empty sid", signed(claims().claim("sid", ""))),
                Named.of("a sid of another type", signed(claims().claim("sid", List.of(1)))),
                Named.of("an empty subject", signed(claims().subject(""))),
                Named.of("an empty jti", signed(claims().jwtID(""))),
                Named.of("an iat of text", signed(claims().claim("iat", "now"))),
                Named.of("an issuer of another type", signed(claims().claim("iss", 7))),
                Named.of("an audience of another type", signed(claims().claim("aud", Map.of()))),
                Named.of("no token at all", "logout"),
                Named.of("nothing between the dots", ".."),
                Named.of("an encrypted one", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aaaa.aaaa.aaaa"));
    }

    private LogoutToken validate(String token) throws InvalidLogoutTokenException {
        // As in production: what the token says itself is what it is held to.
        ClientId audience = LogoutTokens.audience(token);
        if (!audience.equals(PORTFOLIO)) {
            throw new InvalidLogoutTokenException("none of ours");
        }
        return tokens.validate(token, audience, parsed -> TokenAlgorithms.USUAL, KEYS);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("portfolio")
                .subject("subject")
                .claim("sid", "the-sid")
                .claim("typ", "Logout")
                .claim("events", Map.of(event(), Map.of()))
                .jwtID("the-id")
                .issueTime(at(0))
                .expirationTime(at(120));
    }

    private static String event() {
        return "http://schemas.openid.net/event/backchannel-logout";
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return signed(claims, KEY, JWSAlgorithm.RS256, TYPE);
    }

    private static String signed(JWTClaimsSet.Builder claims, RSAKey key, JWSAlgorithm algorithm, String type) {
        try {
            return signed(claims, new RSASSASigner(key), algorithm, key.getKeyID(), type);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hmac(byte[] secret) throws JOSEException {
        return signed(claims(), new MACSigner(secret), JWSAlgorithm.HS256, KEY.getKeyID(), TYPE);
    }

    private static String signed(
            JWTClaimsSet.Builder claims, JWSSigner signer, JWSAlgorithm algorithm, String keyId, String type)
            throws JOSEException {
        var header = new JWSHeader.Builder(algorithm).keyID(keyId);
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        SignedJWT jwt = new SignedJWT(header.build(), claims.build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static Date at(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
