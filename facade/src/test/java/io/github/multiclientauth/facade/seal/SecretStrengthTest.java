package io.github.multiclientauth.facade.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.fake.HostileInput;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretStrengthTest {

    @ParameterizedTest
    @MethodSource("generators")
    void accepts_generated_secrets(Function<Random, String> generator) {
        Random seeded = new Random(20_261_123);
        for (int i = 0; i < 20_000; i++) {
            String secret = generator.apply(seeded);
            assertThatCode(() -> SecretStrength.require("AUTH_SECRET", secret))
                    .as("secret %s", secret)
                    .doesNotThrowAnyException();
        }
    }

    private static Stream<Named<Function<Random, String>>> generators() {
        return Stream.of(
                Named.of("openssl rand -hex 16", random -> HexFormat.of().formatHex(bytes(random, 16))),
                Named.of("openssl rand -hex 32", random -> HexFormat.of().formatHex(bytes(random, 32))),
                Named.of(
                        "openssl rand -base64 24", random -> Base64.getEncoder().encodeToString(bytes(random, 24))),
                Named.of(
                        "openssl rand -base64 33", random -> Base64.getEncoder().encodeToString(bytes(random, 33))),
                Named.of(
                        "an application secret of ours",
                        random -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, 32))),
                Named.of("a UUID", random -> new UUID(random.nextLong(), random.nextLong()).toString()),
                Named.of("32 printable characters", random -> drawn(random, '!', '~')),
                Named.of("32 lower-case letters", random -> drawn(random, 'a', 'z')));
    }

    @HostileInput(row = 28, advisory = "word lists against AUTH_SECRET")
    @ParameterizedTest
    @ValueSource(
            strings = {
                // fewer than 32 bytes
                "",
                "secret",
                "r9K2mX7pQ4wZ8vB1nL6tY3cF5hJ0dGs",
                // too few different characters
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "                                        ",
                "10010110100101011010010110100101",
                "11112222333344445555666677771111",
                // repeated, also with the last block cut off, or one character more
                "0f8a1c9e7b2d4635" + "0f8a1c9e7b2d4635",
                "Tr0ub4dor&3Tr0ub4dor&3Tr0ub4dor&3T",
                "r9K2mX7pQ4wZ8vB1nr9K2mX7pQ4wZ8vB1n!",
                "\u00e9\u00e8\u00ea\u00eb\u00e0\u00e2\u00e4\u00e7\u00e9\u00e8\u00ea\u00eb\u00e0\u00e2\u00e4\u00e7",
                // neighbours
                "abcdefghijklmnopqrstuvwxyz012345",
                "zyxwvutsrqponmlkjihgfedcba987654",
                "0123456789abcdefghijklmnopqrstuv",
                // what examples on the web use, and what people make of it
                "kit-vector-secret-0123456789abcdef",
                "kit-vector-old-secret-0123456789",
                "changeme-changeme-please-changeme!",
                "this-is-a-very-long-secret-key-please-change-it",
                "correct horse battery staple correct horse",
                "your_super_secret_jwt_key_here_min_32_chars",
                "s.u.p.e.r.s.e.c.r.e.t.p.a.s.s.w.o.r.d.1.2.3",
                "MySuperSecretPasswordForProduction",
                "NEXTAUTH_SECRET_FOR_LOCAL_DEVELOPMENT_1",
                "qwertyuiopasdfghjklzxcvbnm1234567890",
            })
    void refuses_what_a_word_list_finds(String weak) {
        assertThatThrownBy(() -> SecretStrength.require("AUTH_SECRET", weak))
                .isInstanceOf(GuessableSecretException.class)
                .hasMessageStartingWith("AUTH_SECRET ")
                .hasMessageContaining("openssl rand -base64 33");
    }

    @Test
    void counts_bytes_not_characters() {
        String sixteenCharacters = "\u00e9k\u00e8W\u00ea3\u00eb!\u00e0Q\u00e27\u00e4z\u00e7m";
        assertThat(sixteenCharacters).hasSize(16);
        assertThatThrownBy(() -> SecretStrength.require("AUTH_SECRET", sixteenCharacters))
                .hasMessageContaining("only 24 bytes");
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String drawn(Random random, char first, char last) {
        return random.ints(32, first, last + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
