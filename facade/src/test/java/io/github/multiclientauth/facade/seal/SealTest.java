package io.github.multiclientauth.facade.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.util.Base64URL;
import io.github.multiclientauth.facade.fake.HostileInput;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final String NAME = "authjs.session-token";
    private static final Secret NEWER = new Secret("newer application secret");
    private static final Secret OLDER = new Secret("older application secret");

    private final SecureRandom random = new SecureRandom();
    private final Seal seal = Seal.of(List.of(NEWER), NAME, random);

    @Test
    void opens_what_it_sealed() {
        assertThat(opened(seal, seal.seal(bytes("content")))).hasValue("content");
    }

    @Test
    void seals_the_same_content_differently_each_time() {
        assertThat(seal.seal(bytes("content"))).isNotEqualTo(seal.seal(bytes("content")));
    }

    @Test
    void opens_what_it_sealed_without_a_header() {
        String token = seal.sealWithoutHeader(bytes("content"));

        assertThat(seal.openWithoutHeader(token).map(content -> new String(content, UTF_8)))
                .hasValue("content");
        assertThat(token).matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}").hasSizeLessThan(100);
        assertThat(Seal.of(List.of(NEWER, OLDER), NAME, random).openWithoutHeader(token))
                .isPresent();
        assertThat(Seal.of(List.of(OLDER, NEWER), NAME, random).openWithoutHeader(token))
                .as("after a rotation")
                .isPresent();
    }

    @Test
    void opens_no_token_without_a_header_that_another_secret_or_name_sealed_or_somebody_changed() {
        String token = seal.sealWithoutHeader(bytes("content"));

        assertThat(Seal.of(List.of(OLDER), NAME, random).openWithoutHeader(token))
                .isEmpty();
        assertThat(Seal.of(List.of(NEWER), "__Secure-" + NAME, random).openWithoutHeader(token))
                .isEmpty();
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(seal.openWithoutHeader(token.substring(0, i) + other + token.substring(i + 1)))
                    .as("character %d", i)
                    .isEmpty();
        }
        assertThat(seal.open(token)).as("as a token with a header").isEmpty();
        assertThat(seal.openWithoutHeader(seal.seal(bytes("content")))).isEmpty();
        assertThat(seal.openWithoutHeader("A".repeat(40_000))).isEmpty();
        assertThat(seal.openWithoutHeader("")).isEmpty();
    }

    @Test
    void needs_a_secret() {
        assertThatIllegalArgumentException().isThrownBy(() -> Seal.of(List.of(), NAME, random));
    }

    @Test
    void opens_nothing_that_another_secret_or_name_sealed() {
        String token = seal.seal(bytes("content"));

        assertThat(Seal.of(List.of(OLDER), NAME, random).open(token)).isEmpty();
        assertThat(Seal.of(List.of(NEWER), "__Secure-" + NAME, random).open(token))
                .isEmpty();
    }

    @Test
    void seals_with_the_newest_secret_and_opens_with_all() {
        Seal rotated = Seal.of(List.of(NEWER, OLDER), NAME, random);

        assertThat(opened(rotated, Seal.of(List.of(OLDER), NAME, random).seal(bytes("old"))))
                .hasValue("old");
        assertThat(opened(seal, rotated.seal(bytes("new")))).hasValue("new");
        assertThat(Seal.of(List.of(OLDER), NAME, random).open(rotated.seal(bytes("new"))))
                .isEmpty();
    }

    @Test
    void tries_the_newest_secret_for_a_token_that_names_no_key() throws JOSEException {
        Seal rotated = Seal.of(List.of(NEWER, OLDER), NAME, random);

        assertThat(opened(rotated, byNimbus(key(NEWER), header().build(), "content")))
                .hasValue("content");
        assertThat(rotated.open(byNimbus(key(OLDER), header().build(), "content")))
                .isEmpty();
    }

    @Test
    void opens_no_token_that_names_an_unknown_key() throws JOSEException {
        assertThat(seal.open(byNimbus(key(NEWER), header().keyID("unknown").build(), "content")))
                .isEmpty();
    }

    @Test
    void opens_no_token_whose_key_id_is_of_the_other_encryption() throws JOSEException {
        String otherKeyId =
                SealingKey.authJs(NEWER, NAME, ContentEncryption.A256GCM).keyId();

        assertThat(seal.open(byNimbus(key(NEWER), header().keyID(otherKeyId).build(), "content")))
                .isEmpty();
    }

    @HostileInput(row = 18, advisory = "bombs in compressed JWEs")
    @Test
    void refuses_compression() throws JOSEException {
        String compressed = byNimbus(
                key(NEWER),
                header().compressionAlgorithm(CompressionAlgorithm.DEF).build(),
                "a".repeat(100_000));

        assertThat(compressed.length()).as("a bomb is small").isLessThan(2000);
        assertThat(seal.open(compressed)).isEmpty();
    }

    /** The token is sealed with the right key. Only the header is wrong. */
    @HostileInput(row = 17, advisory = "CVE-2026-29000")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"zip\":\"DEF\"}",
                "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"zip\":null}",
                "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"crit\":[\"exp\"],\"exp\":1}",
                "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"crit\":[]}",
                "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"kid\":7}",
                "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"kid\":null}",
                "{\"alg\":\"none\",\"enc\":\"A256CBC-HS512\"}",
                "{\"alg\":\"DIR\",\"enc\":\"A256CBC-HS512\"}",
                "{\"alg\":\"A256KW\",\"enc\":\"A256CBC-HS512\"}",
                "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256CBC-HS512\"}",
                "{\"alg\":\"PBES2-HS512+A256KW\",\"enc\":\"A256CBC-HS512\",\"p2c\":2000000000}",
                "{\"alg\":[\"dir\"],\"enc\":\"A256CBC-HS512\"}",
                "{\"enc\":\"A256CBC-HS512\"}",
                "{\"alg\":\"dir\"}",
                "{\"alg\":\"dir\",\"enc\":\"none\"}",
                "{\"alg\":\"dir\",\"enc\":\"A256CBC\"}",
                "{\"alg\":\"dir\",\"enc\":\"a256cbc-hs512\"}",
                "{\"alg\":\"dir\",\"enc\":\"A128CBC-HS256\"}",
                "{\"alg\":\"dir\",\"enc\":\"A192CBC-HS384\"}",
                "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}",
                "{\"alg\":\"dir\",\"enc\":\"XC20P\"}",
                "[\"dir\",\"A256CBC-HS512\"]",
                "null",
                "",
                "dir",
                "{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\"",
            })
    void refuses_every_header_but_direct_encryption_with_the_two_content_encryptions(String header) {
        assertThat(seal.open(sealedUnder(header))).isEmpty();
    }

    /** Shows that the test above fails because of the header. */
    @Test
    void opens_a_hand_made_token_whose_header_is_right() {
        assertThat(opened(seal, sealedUnder("{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\"}")))
                .hasValue("content");
        assertThat(opened(seal, sealedUnder("{ \"typ\":\"JWT\", \"enc\":\"A256CBC-HS512\", \"alg\":\"dir\" }")))
                .hasValue("content");
    }

    @ParameterizedTest
    @EnumSource
    void opens_no_token_with_a_changed_character(ContentEncryption encryption) {
        String token = SealingKey.authJs(NEWER, NAME, encryption).seal(bytes("some content"), random);
        assertThat(seal.open(token)).isPresent();

        for (int i = 0; i < token.length(); i++) {
            for (char other : new char[] {'A', 'B', 'Q', 'g', '9', '-', '_', '.', '=', '+', ' ', '\u00e9'}) {
                if (other != token.charAt(i)) {
                    String changed = token.substring(0, i) + other + token.substring(i + 1);
                    assertThat(seal.open(changed)).as("%s at %d", other, i).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void opens_no_token_with_a_missing_or_an_extra_character(ContentEncryption encryption) {
        String token = SealingKey.authJs(NEWER, NAME, encryption).seal(bytes("some content"), random);

        for (int i = 0; i < token.length(); i++) {
            assertThat(seal.open(token.substring(0, i))).as("cut at %d", i).isEmpty();
            assertThat(seal.open(token.substring(0, i) + token.substring(i + 1)))
                    .as("without %d", i)
                    .isEmpty();
        }
        for (String suffix : List.of("A", "AA", "AAAA", "=", "==", ".", ".A", "\n", " ")) {
            assertThat(seal.open(token + suffix)).as("with %s", suffix).isEmpty();
            assertThat(seal.open(suffix + token)).as("after %s", suffix).isEmpty();
        }
    }

    @Test
    void opens_no_token_that_mixes_segments_of_two_tokens() {
        String[] one = seal.seal(bytes("content of one")).split("\\.", -1);
        String[] other = seal.seal(bytes("content of other")).split("\\.", -1);

        for (int segment = 2; segment < 5; segment++) {
            String[] mixed = one.clone();
            mixed[segment] = other[segment];
            assertThat(seal.open(String.join(".", mixed)))
                    .as("segment %d", segment)
                    .isEmpty();
        }
        String[] withKey = one.clone();
        withKey[1] = other[3];
        assertThat(seal.open(String.join(".", withKey))).as("an encrypted key").isEmpty();
    }

    /** A shorter tag is easier to guess, and both ciphers of the JDK accept some shorter tags. */
    @ParameterizedTest
    @EnumSource
    void opens_no_token_with_a_shortened_tag(ContentEncryption encryption) {
        String token = SealingKey.authJs(NEWER, NAME, encryption).seal(bytes("some content"), random);
        String[] segments = token.split("\\.", -1);
        byte[] tag = Base64.getUrlDecoder().decode(segments[4]);
        for (int length = 0; length < tag.length; length++) {
            segments[4] = Base64URL.encode(java.util.Arrays.copyOf(tag, length)).toString();
            assertThat(seal.open(String.join(".", segments)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "....",
                ".....",
                "a.b.c.d.e",
                "%",
                "null",
                "{}",
                "eyJhbGciOiJub25lIn0.e30.",
                "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0....",
                "\u0000\u0000.\u0000",
                "\ud800.\ud800..\udfff.",
            })
    void opens_no_garbage(String garbage) {
        assertThat(seal.open(garbage)).isEmpty();
    }

    @Test
    void opens_no_random_garbage() {
        Random seeded = new Random(7);
        for (int i = 0; i < 2000; i++) {
            String token = seeded.ints(seeded.nextInt(200), 0, 0x180)
                    .mapToObj(c -> seeded.nextInt(8) == 0 ? "." : Character.toString(c))
                    .reduce("", String::concat);
            assertThat(seal.open(token)).isEmpty();
        }
    }

    @Test
    void opens_what_fits_into_the_cookies_of_a_browser_and_nothing_longer() {
        String longest = null;
        String tooLong = null;
        for (int length = 24_000; tooLong == null; length += 16) {
            String token = seal.seal(new byte[length]);
            if (token.length() <= 32_768) {
                longest = token;
            } else {
                tooLong = token;
            }
        }
        assertThat(seal.open(longest)).isPresent();
        assertThat(seal.open(tooLong)).isEmpty();
        assertThat(seal.open("a".repeat(10_000_000))).isEmpty();
        assertThat(seal.open(".".repeat(32_768))).isEmpty();
    }

    @Test
    void a_deeply_nested_header_is_no_header() {
        assertThat(seal.open(sealedUnder("[".repeat(20_000)))).isEmpty();
        assertThat(seal.open(sealedUnder("{\"a\":".repeat(3_000)))).isEmpty();
    }

    /** The facade and Nimbus open each other's tokens, for contents of all sizes. */
    @ParameterizedTest
    @EnumSource
    void agrees_with_nimbus(ContentEncryption encryption) throws JOSEException, ParseException {
        Random seeded = new Random(20_261_124);
        EncryptionMethod method = EncryptionMethod.parse(encryption.headerName());
        for (int i = 0; i < 400; i++) {
            Secret secret = new Secret("secret " + seeded.nextLong());
            Seal ours = Seal.of(List.of(secret), NAME, random);
            SealingKey key = SealingKey.authJs(secret, NAME, encryption);
            byte[] keyBytes = SealingKey.authJsKey(secret, NAME, encryption);
            byte[] content = new byte[i < 70 ? i : seeded.nextInt(6000)];
            seeded.nextBytes(content);

            JWEObject theirs = JWEObject.parse(key.seal(content, random));
            theirs.decrypt(new DirectDecrypter(keyBytes));
            assertThat(theirs.getPayload().toBytes()).isEqualTo(content);
            assertThat(theirs.getHeader().getKeyID()).isEqualTo(key.keyId());

            JWEHeader theirOwn = new JWEHeader.Builder(JWEAlgorithm.DIR, method)
                    .keyID(key.keyId())
                    .build();
            for (JWEHeader header : List.of(theirOwn, theirs.getHeader())) {
                JWEObject made = new JWEObject(header, new Payload(content));
                made.encrypt(new DirectEncrypter(keyBytes));
                assertThat(ours.open(made.serialize())).hasValue(content);
            }
        }
    }

    /** Changes one bit at each position. The facade refuses every token that Nimbus refuses. */
    @ParameterizedTest
    @EnumSource
    void refuses_what_nimbus_refuses(ContentEncryption encryption) throws ParseException {
        Random seeded = new Random(20_261_125);
        byte[] keyBytes = SealingKey.authJsKey(NEWER, NAME, encryption);
        String token = SealingKey.of(keyBytes, encryption).seal(bytes("some content"), random);
        String[] segments = token.split("\\.", -1);
        for (int i = 0; i < 500; i++) {
            String[] changed = segments.clone();
            int segment = 2 + seeded.nextInt(3);
            byte[] bytes = Base64.getUrlDecoder().decode(segments[segment]);
            bytes[seeded.nextInt(bytes.length)] ^= (byte) (1 << seeded.nextInt(8));
            changed[segment] = Base64URL.encode(bytes).toString();
            JWEObject theirs = JWEObject.parse(String.join(".", changed));

            assertThatThrownBy(() -> theirs.decrypt(new DirectDecrypter(keyBytes)))
                    .isInstanceOf(JOSEException.class);
            assertThat(seal.open(String.join(".", changed))).isEmpty();
        }
    }

    @Test
    void prints_no_key() {
        SealingKey key = SealingKey.authJs(NEWER, NAME, ContentEncryption.A256GCM);

        assertThat(key).hasToString("SealingKey[" + key.keyId() + "]");
    }

    @Test
    void takes_only_keys_of_the_right_length() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SealingKey.of(new byte[32], ContentEncryption.A256CBC_HS512));
    }

    /** A correct token except for its header. */
    private String sealedUnder(String header) {
        try {
            String encoded = Base64URL.encode(header).toString();
            CompactJwe.Content sealed = ContentEncryption.A256CBC_HS512.encrypt(
                    ContentEncryption.A256CBC_HS512.keys(key(NEWER)),
                    encoded.getBytes(UTF_8),
                    bytes("content"),
                    random);
            return String.join(
                    ".",
                    encoded,
                    "",
                    Base64URL.encode(sealed.iv()).toString(),
                    Base64URL.encode(sealed.text()).toString(),
                    Base64URL.encode(sealed.tag()).toString());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String byNimbus(byte[] key, JWEHeader header, String content) throws JOSEException {
        JWEObject jwe = new JWEObject(header, new Payload(content));
        jwe.encrypt(new DirectEncrypter(key));
        return jwe.serialize();
    }

    private static JWEHeader.Builder header() {
        return new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256CBC_HS512);
    }

    private static byte[] key(Secret secret) {
        return SealingKey.authJsKey(secret, NAME, ContentEncryption.A256CBC_HS512);
    }

    private static Optional<String> opened(Seal seal, String token) {
        return seal.open(token).map(content -> new String(content, UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
