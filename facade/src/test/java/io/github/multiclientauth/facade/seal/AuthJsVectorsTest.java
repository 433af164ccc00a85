package io.github.multiclientauth.facade.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.seal.AuthJsVectors.V5;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares both directions with tokens of {@code @auth/core} and {@code next-auth}. */
class AuthJsVectorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void the_file_is_complete() {
        assertThat(AuthJsVectors.v5()).hasSize(4);
        assertThat(AuthJsVectors.elements("v4")).hasSize(1);
        assertThat(AuthJsVectors.at("rejectedByV5").required("tokens")).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("v5")
    void derives_the_key_and_names_it_as_auth_js_does(V5 vector) {
        SealingKey key = SealingKey.authJs(vector.secret(), vector.get("salt"), ContentEncryption.A256CBC_HS512);

        assertThat(HEX.formatHex(
                        SealingKey.authJsKey(vector.secret(), vector.get("salt"), ContentEncryption.A256CBC_HS512)))
                .isEqualTo(vector.get("keyHex"));
        assertThat(key.keyId()).isEqualTo(vector.get("kid"));
        String header = key.seal(new byte[0], new SecureRandom()).split("\\.")[0];
        assertThat(new String(Base64.getUrlDecoder().decode(header), UTF_8)).isEqualTo(vector.get("header"));
    }

    @ParameterizedTest
    @MethodSource("v5")
    void seals_the_very_token_that_auth_js_seals(V5 vector) {
        Seal seal = Seal.of(
                List.of(vector.secret()), vector.get("salt"), new FixedRandom(HEX.parseHex(vector.get("ivHex"))));

        assertThat(seal.seal(vector.get("payload").getBytes(UTF_8))).isEqualTo(vector.get("token"));
    }

    @ParameterizedTest
    @MethodSource("v5")
    void opens_what_auth_js_sealed(V5 vector) {
        Seal seal = Seal.of(List.of(vector.secret()), vector.get("salt"), new SecureRandom());

        assertThat(seal.open(vector.get("token"))).map(this::text).hasValue(vector.get("payload"));
        assertThat(seal.open(vector.get("encodedByLibrary")))
                .map(this::json)
                .get()
                .extracting(claims -> claims.required("sub").textValue())
                .isEqualTo(AuthJsVectors.at("claims").required("sub").textValue());
    }

    @Test
    void opens_the_token_of_an_older_secret_after_a_rotation() {
        V5 rotated = AuthJsVectors.v5()
                .filter(vector -> vector.get("note").startsWith("rotation"))
                .findFirst()
                .orElseThrow();
        Secret newer = new Secret(AuthJsVectors.at("secret").textValue());
        Seal seal = Seal.of(List.of(newer, rotated.secret()), rotated.get("salt"), new SecureRandom());

        assertThat(rotated.tokens())
                .allSatisfy(token -> assertThat(seal.open(token)).isPresent());
        assertThat(Seal.of(List.of(newer), rotated.get("salt"), new SecureRandom())
                        .open(rotated.get("token")))
                .isEmpty();
    }

    @Test
    void opens_the_shorter_encryption_that_auth_js_accepts_too() {
        JsonNode vector = AuthJsVectors.at("v5gcm");
        Secret secret = new Secret(vector.required("secret").textValue());
        String salt = vector.required("salt").textValue();
        SealingKey key = SealingKey.authJs(secret, salt, ContentEncryption.A256GCM);

        assertThat(HEX.formatHex(SealingKey.authJsKey(secret, salt, ContentEncryption.A256GCM)))
                .isEqualTo(vector.required("keyHex").textValue());
        assertThat(key.keyId()).isEqualTo(vector.required("kid").textValue());
        assertThat(Seal.of(List.of(secret), salt, new SecureRandom())
                        .open(vector.required("token").textValue()))
                .map(this::json)
                .get()
                .extracting(claims -> claims.required("name").textValue())
                .isEqualTo("Ada Lovelace");
    }

    @Test
    void opens_no_token_of_auth_js_4() {
        JsonNode vector = AuthJsVectors.elements("v4").findFirst().orElseThrow();
        String secret = vector.required("secret").textValue();
        byte[] key = Hkdf.derive(
                secret,
                vector.required("salt").textValue(),
                vector.required("info").textValue(),
                32);
        assertThat(HEX.formatHex(key)).isEqualTo(vector.required("keyHex").textValue());

        // The vector is intact: with its own key it opens.
        String token = vector.required("token").textValue();
        assertThat(CompactJwe.parse(token).flatMap(SealingKey.of(key, ContentEncryption.A256GCM)::open))
                .map(this::text)
                .hasValue(vector.required("payload").textValue());

        Seal seal = Seal.of(List.of(new Secret(secret)), "authjs.session-token", new SecureRandom());
        assertThat(seal.open(token)).isEmpty();
        assertThat(seal.open(vector.required("encodedByLibrary").textValue())).isEmpty();
    }

    @Test
    void opens_nothing_that_auth_js_refuses_except_an_expired_token() {
        JsonNode rejected = AuthJsVectors.at("rejectedByV5");
        Seal seal = Seal.of(
                List.of(new Secret(rejected.required("secret").textValue())),
                rejected.required("salt").textValue(),
                new SecureRandom());

        for (JsonNode vector : rejected.required("tokens")) {
            boolean opens = seal.open(vector.required("token").textValue()).isPresent();
            String why = vector.required("why").textValue();
            assertThat(opens).as(why).isEqualTo(why.equals("expired"));
        }
    }

    private static java.util.stream.Stream<V5> v5() {
        return AuthJsVectors.v5();
    }

    private String text(byte[] payload) {
        return new String(payload, UTF_8);
    }

    private JsonNode json(byte[] payload) {
        try {
            return JSON.readTree(payload);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
