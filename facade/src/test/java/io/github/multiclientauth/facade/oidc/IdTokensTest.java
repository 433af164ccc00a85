package io.github.multiclientauth.facade.oidc;

import static io.github.multiclientauth.facade.oidc.StandInKeycloak.KEY;
import static io.github.multiclientauth.facade.oidc.StandInKeycloak.rsaKey;
import static io.github.multiclientauth.facade.oidc.StandInKeycloak.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.oidc.IdTokens.InvalidIdTokenException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

class IdTokensTest {

    private static final String ISSUER = "https://id.example.com/realms/test";
    private static final Nonce NONCE = new Nonce("the nonce");
    private static final JWKSource<SecurityContext> KEYS = new ImmutableJWKSet<>(new JWKSet(KEY.toPublicJWK()));

    private final IdTokens idTokens = new IdTokens(new Issuer(ISSUER), Clock.systemUTC());

    @Test
    void says_who_signed_in_where_and_how() throws InvalidIdTokenException {
        assertThat(validate(signed(claims().claim("email_verified", true)), NONCE))
                .isEqualTo(new Identity(
                        "subject",
                        "the-sid",
                        Optional.of("Ada Lovelace"),
                        Optional.of("ada@example.com"),
                        true,
                        Optional.of("https://img.example/ada.png"),
                        Optional.of("github"),
                        Optional.of("http://localhost:3000"),
                        "portfolio",
                        false));
    }

    @ParameterizedTest
    @MethodSource("noProofs")
    void takes_an_address_for_unverified_unless_the_token_says_so(Object emailVerified) throws InvalidIdTokenException {
        Identity identity = validate(signed(claims().claim("email_verified", emailVerified)), NONCE);

        assertThat(identity.email()).isPresent();
        assertThat(identity.emailVerified()).isFalse();
    }

    static Stream<Object> noProofs() {
        return Stream.of(false, "true", 1, List.of(true));
    }

    @Test
    void without_an_address_nothing_is_verified() throws InvalidIdTokenException {
        assertThat(validate(signed(claims().claim("email", null).claim("email_verified", true)), NONCE)
                        .emailVerified())
                .isFalse();
    }

    @Test
    void calls_somebody_without_a_name_by_the_user_name() throws InvalidIdTokenException {
        Identity identity = validate(
                signed(claims().claim("name", " ")
                        .claim("preferred_username", "ada")
                        .claim("email", null)),
                NONCE);

        assertThat(identity.name()).hasValue("ada");
        assertThat(identity.email()).isEmpty();
    }

    /** The Kelvin sign is a k in lower case (CVE-2019-19844). */
    @Test
    void never_merges_two_mailboxes() throws InvalidIdTokenException {
        Identity identity = validate(signed(claims().claim("email", "Mic\u212A@Example.COM")), NONCE);

        assertThat(identity.email()).hasValue("mic\u212A@example.com");
    }

    /** Clients without the extension's mapper have such tokens. The callback refuses them for lack of an origin. */
    @Test
    void knows_no_origin_without_the_mapper() throws InvalidIdTokenException {
        Identity identity = validate(
                signed(claims().claim("clientOrigin", null)
                        .claim("clientId", null)
                        .claim("provider", null)),
                NONCE);

        assertThat(identity.clientOrigin()).isEmpty();
        assertThat(identity.provider()).isEmpty();
        assertThat(identity.clientId()).isEqualTo("portfolio");
    }

    @Test
    void takes_claims_of_another_type_for_absent() throws InvalidIdTokenException {
        Identity identity = validate(
                signed(claims().claim("name", List.of("Ada"))
                        .claim("clientOrigin", 7)
                        .claim("picture", true)),
                NONCE);

        assertThat(identity.name()).isEmpty();
        assertThat(identity.clientOrigin()).isEmpty();
        assertThat(identity.picture()).isEmpty();
    }

    /** A claim that is only displayed is left out if it is unusable, and the user is signed in all the same. */
    @ParameterizedTest
    @MethodSource("oddTexts")
    void leaves_out_odd_claims_that_decide_nothing(Object odd) throws InvalidIdTokenException {
        Identity identity = validate(
                signed(claims().claim("name", odd)
                        .claim("preferred_username", odd)
                        .claim("email", odd)
                        .claim("picture", odd)),
                NONCE);

        assertThat(identity.subject()).isEqualTo("subject");
        assertThat(identity.name()).isEmpty();
        assertThat(identity.email()).isEmpty();
        assertThat(identity.picture()).isEmpty();
    }

    static Stream<Named<Object>> oddTexts() {
        return Stream.of(
                Named.of("an object", Map.of("value", "x")),
                Named.of("a list", List.of("x")),
                Named.of("a number", 1e300),
                Named.of("a truth", true),
                Named.of("nothing", ""),
                Named.of("blanks", " \u2003\t"),
                Named.of("a megabyte", "https://" + "x".repeat(1 << 20)),
                Named.of("two lines", "https://one\r\nSet-Cookie: two"),
                Named.of("a NUL", "https://\u0000"),
                Named.of("an escape sequence", "https://\u001b[31m"),
                Named.of("a control character beyond ASCII", "https://\u0085"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,<script>",
                "//img.example/ada.png",
                "ada.png",
                "https:img",
                "https://img.example/a b",
                " https://img.example/ada.png",
                "blob:https://img.example/1"
            })
    void leaves_out_a_picture_that_is_no_address_of_the_web(String picture) throws InvalidIdTokenException {
        assertThat(validate(signed(claims().claim("picture", picture)), NONCE).picture())
                .isEmpty();
    }

    @Test
    void says_which_claim_is_odd_and_never_repeats_it() {
        assertThatThrownBy(() -> validate(signed(claims().claim("sid", "canary\n")), NONCE))
                .hasMessageContaining("odd sid")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> validate(signed(claims().subject("")), NONCE))
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("null"));
    }

    /** Keycloak's clock counts, not the one of this machine. */
    @ParameterizedTest
    @ValueSource(longs = {-7200, -120, 120, 7200})
    void times_are_judged_by_the_given_clock(long ahead) throws InvalidIdTokenException {
        IdTokens corrected =
                new IdTokens(new Issuer(ISSUER), Clock.offset(Clock.systemUTC(), Duration.ofSeconds(ahead)));
        var claims = claims().issueTime(at(ahead)).expirationTime(at(ahead + 60));

        assertThat(validate(corrected, signed(claims), NONCE).subject()).isEqualTo("subject");
        assertThatThrownBy(() -> validate(corrected, signed(claims.expirationTime(at(ahead - 61))), NONCE))
                .hasMessageStartingWith("clock skew: the ID token expired ");
        assertThatThrownBy(() -> validate(
                        corrected, signed(claims.expirationTime(at(ahead + 600)).issueTime(at(ahead + 90))), NONCE))
                .hasMessageStartingWith("clock skew: the ID token was issued ");
    }

    @Test
    void needs_no_nonce_after_a_refresh() throws InvalidIdTokenException {
        assertThat(validate(signed(claims().claim("nonce", null)), null).subject())
                .isEqualTo("subject");
    }

    @HostileInput(row = 17, advisory = "CVE-2021-44878")
    @ParameterizedTest
    @MethodSource("forged")
    void refuses(String token) {
        assertThatThrownBy(() -> validate(token, NONCE)).isInstanceOf(InvalidIdTokenException.class);
    }

    static Stream<Named<String>> forged() throws JOSEException {
        return Stream.of(
                Named.of("alg none", new PlainJWT(claims().build()).serialize()),
                Named.of(
                        "HS256 with the public key as it is published",
                        hmac(KEY.toPublicJWK().toJSONString().getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                Named.of(
                        "HS256 with the public key in DER",
                        hmac(KEY.toRSAPublicKey().getEncoded())),
                Named.of("HS256 with the modulus", hmac(KEY.getModulus().decode())),
                Named.of("RS512 with the right key", signed(claims(), KEY, JWSAlgorithm.RS512)),
                Named.of("PS256 with the right key", signed(claims(), KEY, JWSAlgorithm.PS256)),
                Named.of("another key", signed(claims(), rsaKey("unknown"), JWSAlgorithm.RS256)),
                Named.of(
                        "another key under the name of the right one",
                        signed(claims(), rsaKey(KEY.getKeyID()), JWSAlgorithm.RS256)),
                Named.of("changed claims", changed()),
                Named.of("no issuer", signed(claims().issuer(null))),
                Named.of("another issuer", signed(claims().issuer("https://id.example.com/realms/other"))),
                Named.of("almost the issuer", signed(claims().issuer(ISSUER + "/"))),
                Named.of("no audience", signed(claims().audience((String) null))),
                Named.of("another audience", signed(claims().audience("dashboard"))),
                Named.of(
                        "several audiences and no authorized party",
                        signed(claims().audience(List.of("portfolio", "dashboard")))),
                Named.of(
                        "several audiences, authorized is another",
                        signed(claims().audience(List.of("portfolio", "dashboard"))
                                .claim("azp", "dashboard"))),
                Named.of("authorized is another", signed(claims().claim("azp", "dashboard"))),
                Named.of("no nonce", signed(claims().claim("nonce", null))),
                Named.of("another nonce", signed(claims().claim("nonce", "another"))),
                Named.of("no subject", signed(claims().subject(null))),
                Named.of("no end", signed(claims().expirationTime(null))),
                Named.of("ended", signed(claims().expirationTime(at(-3600)))),
                Named.of("no beginning", signed(claims().issueTime(null))),
                Named.of("from the future", signed(claims().issueTime(at(3600)))),
                Named.of("not yet valid", signed(claims().notBeforeTime(at(3600)))),
                Named.of("an nbf of text", signed(claims().claim("nbf", "now"))),
                Named.of("no sid", signed(claims().claim("sid", null))),
                Named.of("an empty sid", signed(claims().claim("sid", ""))),
                Named.of("a sid of another type", signed(claims().claim("sid", 7))),
                Named.of("the clientId of another", signed(claims().claim("clientId", "dashboard"))),
                Named.of("a clientId of another type", signed(claims().claim("clientId", 7))),
                Named.of("an authorized party of another type", signed(claims().claim("azp", List.of("portfolio")))),
                Named.of("an empty subject", signed(claims().subject(""))),
                Named.of("a blank subject", signed(claims().subject("  "))),
                Named.of("a subject that is a list", signed(claims().claim("sub", List.of("subject")))),
                Named.of("a subject of 10 KB", signed(claims().subject("s".repeat(10_000)))),
                Named.of("a subject of two lines", signed(claims().subject("sub\nject"))),
                Named.of("a sid of 10 KB", signed(claims().claim("sid", "s".repeat(10_000)))),
                Named.of("a sid with a NUL", signed(claims().claim("sid", "s\u0000id"))),
                Named.of("a sid that is an object", signed(claims().claim("sid", Map.of("id", "the-sid")))),
                Named.of("a provider of another type", signed(claims().claim("provider", 7))),
                Named.of("a provider of 10 KB", signed(claims().claim("provider", "p".repeat(10_000)))),
                Named.of("an iat of text", signed(claims().claim("iat", "now"))),
                Named.of("an exp of text", signed(claims().claim("exp", "never"))),
                Named.of("an exp of a list", signed(claims().claim("exp", List.of(1)))),
                Named.of("a negative exp", signed(claims().claim("exp", -1e18))),
                Named.of("a nonce of another type", signed(claims().claim("nonce", 7))),
                Named.of("an issuer of another type", signed(claims().claim("iss", 7))),
                Named.of("an audience of another type", signed(claims().claim("aud", 7))));
    }

    private Identity validate(String token, Nonce nonce) throws InvalidIdTokenException {
        return validate(idTokens, token, nonce);
    }

    private static Identity validate(IdTokens idTokens, String token, Nonce nonce) throws InvalidIdTokenException {
        try {
            return idTokens.validate(
                    JWTParser.parse(token), new ClientId("portfolio"), TokenAlgorithms.USUAL, nonce, KEYS);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet.Builder claims() {
        return StandInKeycloak.claims(ISSUER);
    }

    private static String hmac(byte[] secret) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEY.getKeyID()).build(), claims().build());
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }

    private static String changed() {
        String[] right = signed(claims()).split("\\.");
        String[] other = signed(claims().subject("somebody else")).split("\\.");
        return right[0] + "." + other[1] + "." + right[2];
    }

    private static Date at(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
