package io.github.multiclientauth.facade.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Times as HTTP and ECMAScript write them. */
public final class Timestamps {

    /** Not {@link DateTimeFormatter#RFC_1123_DATE_TIME}, which writes the first nine days with one digit. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter ISO_8601 =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Timestamps() {}

    /**
     * Writes {@code Fri, 27 Nov 2026 13:00:00 GMT}. Fractions of a second are left out.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110, section 5.6.7</a>
     */
    public static String httpDate(Instant time) {
        return HTTP_DATE.format(time);
    }

    /** Writes milliseconds even if they are zero, as ECMAScript's {@code toISOString}. */
    public static String iso8601(Instant time) {
        return ISO_8601.format(time);
    }
}
