package io.github.multiclientauth.extension.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestedVersionsTest {

    @ParameterizedTest
    @CsvSource({
        "26.7.4, true",
        "26.7.0, true",
        "26.0.8, true",
        "26.4.10.redhat-00001, true",
        "26.6.0, true",
        "26.70.0, false",
        "26.8.0, false",
        "27.0.0, false",
        "999.0.0-SNAPSHOT, false"
    })
    void are_known_by_their_minor_version(String version, boolean tested) {
        assertThat(TestedVersions.include(version)).isEqualTo(tested);
    }
}
