package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZIP",
                " gzip ",
                "x-gzip",
                "br, gzip",
                "gzip,deflate",
                "gzip;q=1",
                "gzip ; q=0.5",
                "gzip; q=0.001, identity",
                "identity;q=0, gzip;q=1.000"
            })
    void names_gzip(String field) {
        assertThat(AcceptEncoding.takesGzip(List.of(field))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "identity",
                "*",
                "br",
                "agzip",
                "gzip2",
                "gzip;q=0",
                "gzip; q=0.0",
                "gzip ; Q=0.000",
                "deflate, gzip;q=0"
            })
    void does_not_take_it(String field) {
        assertThat(AcceptEncoding.takesGzip(List.of(field))).isFalse();
    }

    @Test
    void may_come_in_several_fields() {
        assertThat(AcceptEncoding.takesGzip(List.of())).isFalse();
        assertThat(AcceptEncoding.takesGzip(List.of("br", "gzip"))).isTrue();
    }
}
