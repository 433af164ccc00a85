package io.github.multiclientauth.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrkTest {

    @Test
    void reads_the_line_of_the_script() throws IOException {
        Wrk.Result result =
                Wrk.parse("Running 4s test\nRESULT requests=8000 bytes=1600 microseconds=4000000 refused=0 broken=0\n");

        assertThat(result).isEqualTo(new Wrk.Result(8000, 1600, 4_000_000));
        assertThat(result.perSecond()).isEqualTo(2000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RESULT requests=8000 bytes=1600 microseconds=4000000 refused=1 broken=0",
                "RESULT requests=8000 bytes=1600 microseconds=4000000 refused=0 broken=1",
            })
    void measures_nothing_where_a_request_failed(String output) {
        assertThatIOException().isThrownBy(() -> Wrk.parse(output));
    }
}
