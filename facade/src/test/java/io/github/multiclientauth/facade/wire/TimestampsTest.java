package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1994-11-06T08:49:37Z       | Sun, 06 Nov 1994 08:49:37 GMT
            2024-02-29T23:59:59.999Z   | Thu, 29 Feb 2024 23:59:59 GMT
            1970-01-01T00:00:00Z       | Thu, 01 Jan 1970 00:00:00 GMT
            1969-12-31T23:59:59.500Z   | Wed, 31 Dec 1969 23:59:59 GMT
            """)
    void writes_http_dates(Instant time, String text) {
        assertThat(Timestamps.httpDate(time)).isEqualTo(text);
    }

    /** Expected values: {@code toISOString} of Node.js. */
    @ParameterizedTest
    @CsvSource({
        "1994-11-06T08:49:37Z, 1994-11-06T08:49:37.000Z",
        "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999Z",
        "2026-11-27T13:00:00.070Z, 2026-11-27T13:00:00.070Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
        "1969-12-31T23:59:59.500Z, 1969-12-31T23:59:59.500Z",
    })
    void writes_milliseconds_as_ecmascript_does(Instant time, String text) {
        assertThat(Timestamps.iso8601(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"+10000-01-01T00:00:00Z", "-0001-12-31T00:00:00Z", "+292278994-08-17T07:12:55.807Z"})
    void never_fails_beyond_four_digits(Instant time) {
        assertThat(Timestamps.httpDate(time)).endsWith(" GMT");
        assertThat(Timestamps.iso8601(time)).endsWith("Z").contains(".");
    }
}
