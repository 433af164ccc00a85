package io.github.multiclientauth.testbed.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void decodes_what_it_encodes() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("a b", "1&2=3+4%5");
        parameters.put("zoë", "Þ\uD83D\uDE00");
        parameters.put("empty", "");

        URI address = URI.create(Parameters.append("http://localhost/x", parameters));

        assertThat(Parameters.ofQuery(address)).isEqualTo(parameters);
    }

    @Test
    void adds_to_an_existing_query() {
        assertThat(Parameters.append("http://localhost/x?a=1", Map.of("b", "2")))
                .isEqualTo("http://localhost/x?a=1&b=2");
        assertThat(Parameters.append("http://localhost/x", Map.of("b", "2"))).isEqualTo("http://localhost/x?b=2");
    }

    @Test
    void the_first_value_of_a_repeated_name_counts() {
        assertThat(Parameters.ofQuery(URI.create("/x?a=1&a=2&flag"))).isEqualTo(Map.of("a", "1", "flag", ""));
    }

    @Test
    void without_a_query_there_are_no_parameters() {
        assertThat(Parameters.ofQuery(URI.create("/x"))).isEmpty();
    }
}
