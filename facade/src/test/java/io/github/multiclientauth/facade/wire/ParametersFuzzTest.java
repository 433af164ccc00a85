package io.github.multiclientauth.facade.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLDecoder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whatever stands in a query, it is read as the JDK reads it, each parameter once, or refused. */
class ParametersFuzzTest {

    @FuzzTest(maxDuration = "3s")
    void reads_every_query_or_refuses_it(byte[] input) {
        String query = new String(input, UTF_8);
        Optional<Parameters> parameters = Parameters.ofForm(query);
        if (parameters.isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                String name = URLDecoder.decode(parts[0], UTF_8);
                assertThat(seen.add(name)).as("%s only once", name).isTrue();
                assertThat(parameters.get().get(name))
                        .hasValue(parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
            }
        }
        assertThat(seen).hasSizeLessThanOrEqualTo(64);
    }
}
