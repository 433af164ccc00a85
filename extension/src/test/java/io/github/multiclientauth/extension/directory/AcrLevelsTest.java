package io.github.multiclientauth.extension.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcrLevelsTest {

    private static final String OF_REALM = "{\"silver\":1,\"gold\":\"2\"}";

    @Test
    void a_clients_own_mapping_counts() {
        assertThat(AcrLevels.of("{\"x\":5,\"y\":null}", OF_REALM)).isEqualTo(Map.of("x", 5));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{}", "null", "no JSON", "[1]", "{\"gold\":\"much\"}"})
    void a_client_without_a_usable_mapping_has_the_realms(String ofClient) {
        assertThat(AcrLevels.of(ofClient, OF_REALM)).isEqualTo(Map.of("silver", 1, "gold", 2));
        assertThat(AcrLevels.of(ofClient, ofClient)).isEmpty();
    }
}
