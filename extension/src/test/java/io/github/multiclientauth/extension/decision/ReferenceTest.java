package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    @Test
    void is_short_enough_to_be_read_out() {
        SecureRandom fixed = new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (0xfa + i);
                }
            }
        };
        assertThat(Reference.random(fixed)).hasToString("FAFBFCFD");
    }
}
