package io.github.multiclientauth.facade.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void is_never_printed() {
        assertThat(new Secret("canary")).hasToString("***");
    }

    @Test
    void is_equal_to_the_same_text_only() {
        assertThat(new Secret("one"))
                .isEqualTo(new Secret("one"))
                .hasSameHashCodeAs(new Secret("one"))
                .isNotEqualTo(new Secret("other"))
                .isNotEqualTo("one");
    }

    @Test
    void is_not_empty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Secret(""));
        assertThatNullPointerException().isThrownBy(() -> new Secret(null));
    }
}
