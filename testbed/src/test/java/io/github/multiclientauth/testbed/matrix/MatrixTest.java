package io.github.multiclientauth.testbed.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixTest {

    @Test
    void takes_a_list_of_versions() {
        assertThat(Matrix.Settings.versions(" 26.8.0 , 26.7.4")).containsExactly("26.8.0", "26.7.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "26.8", "26.8.0,", "26.8.0;26.7.4", "${keycloak.26.7}", "26.8.0 -Dx"})
    void says_what_is_no_version(String list) {
        assertThatThrownBy(() -> Matrix.Settings.versions(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-Dmatrix.versions=");
    }
}
