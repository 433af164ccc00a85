package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {

    private static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1994-11-06T08:49:37Z       | Sun, 06 Nov 1994 08:49:37 GMT
            2024-02-29T23:59:59.999Z   | Thu, 29 Feb 2024 23:59:59 GMT
            1970-01-01T00:00:00Z       | Thu, 01 Jan 1970 00:00:00 GMT
            1969-12-31T23:59:59.500Z   | Wed, 31 Dec 1969 23:59:59 GMT
            """)
    void write_http_dates(Instant time, String text) {
        assertThat(Timestamps.httpDate(time)).isEqualTo(text);
    }

    @Test
    void write_what_the_jdk_writes() {
        Random random = new Random(26);
        for (int i = 0; i < 20_000; i++) {
            Instant time = Instant.ofEpochMilli(random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L));
            assertThat(Timestamps.httpDate(time)).isEqualTo(HTTP.format(time));
            assertThat(Timestamps.iso8601(time)).isEqualTo(ISO.format(time));
        }
    }

    @ParameterizedTest
    @CsvSource({"+10000-01-01T00:00:00Z", "-0001-12-31T00:00:00Z", "+292278994-08-17T07:12:55.807Z"})
    void never_fail_beyond_four_digits(Instant time) {
        assertThat(Timestamps.httpDate(time)).endsWith(" GMT");
        assertThat(Timestamps.iso8601(time)).endsWith("Z").contains(".");
    }
}
