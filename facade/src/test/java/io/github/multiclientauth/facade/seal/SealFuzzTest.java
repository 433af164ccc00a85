package io.github.multiclientauth.facade.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.util.List;

/** Only sealed values open, whatever a browser sends as a token. */
class SealFuzzTest {

    private static final Seal SEAL = Seal.of(
            List.of(new Secret("newer application secret"), new Secret("older application secret")),
            "authjs.session-token",
            new SecureRandom());
    private static final String SEALED = SEAL.seal("content".getBytes(UTF_8));

    /** With the right header, which is not secret, the input reaches the segments and the tag. */
    @FuzzTest(maxDuration = "3s")
    void opens_nothing_that_was_not_sealed(byte[] input) {
        String token = new String(input, UTF_8);
        String start = SEALED.substring(0, SEALED.indexOf('.'));

        assertThat(SEAL.open(token)).isEmpty();
        assertThat(SEAL.open(start + token)).isEmpty();
        assertThat(SEAL.open(start + ".." + token)).isEmpty();
        assertThat(SEAL.open(SEALED + token))
                .satisfies(opened -> assertThat(opened.isPresent()).isEqualTo(token.isEmpty()));
    }
}
