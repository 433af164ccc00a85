package io.github.multiclientauth.extension.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogoutTokenAlgorithmTest {

    @ParameterizedTest
    @CsvSource({
        "26.0.0, false",
        "26.0.8.redhat-00001, false",
        "26.2.5, false",
        "26.3.0, false",
        "26.4.0, true",
        "26.7.4, true",
        "27.0.0, true"
    })
    void is_that_of_id_tokens_since_26_4(String version, boolean same) {
        assertThat(LogoutTokenAlgorithm.isThatOfIdTokens(version)).isEqualTo(same);
    }
}
