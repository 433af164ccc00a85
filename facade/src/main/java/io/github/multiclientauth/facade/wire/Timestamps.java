package io.github.multiclientauth.facade.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Times as HTTP and ECMAScript write them. By hand for the years that are written with four digits: a
 * {@link DateTimeFormatter} takes longer than sealing the cookie whose end it writes.
 */
public final class Timestamps {

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /**
     * {@code Fri, 27 Nov 2026 13:00:00 GMT}; fractions of a second are left out.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110, section 5.6.7</a>
     */
    public static String httpDate(Instant time) {
        LocalDateTime utc = utc(time);
        if (!hasFourDigits(utc.getYear())) {
            return HTTP_DATE.format(time);
        }
        StringBuilder text =
                new StringBuilder(29).append(DAYS[utc.getDayOfWeek().ordinal()]).append(", ");
        digits(text, utc.getDayOfMonth(), 10)
                .append(' ')
                .append(MONTHS[utc.getMonthValue() - 1])
                .append(' ');
        digits(text, utc.getYear(), 1000).append(' ');
        return clock(text, utc).append(" GMT").toString();
    }

    /** With milliseconds even if they are zero, as ECMAScript's {@code toISOString}. */
    public static String iso8601(Instant time) {
        LocalDateTime utc = utc(time);
        if (!hasFourDigits(utc.getYear())) {
            String text = time.truncatedTo(ChronoUnit.MILLIS).toString();
            return text.contains(".") ? text : text.replace("Z", ".000Z");
        }
        StringBuilder text = new StringBuilder(24);
        digits(text, utc.getYear(), 1000).append('-');
        digits(text, utc.getMonthValue(), 10).append('-');
        digits(text, utc.getDayOfMonth(), 10).append('T');
        clock(text, utc).append('.');
        return digits(text, utc.getNano() / 1_000_000, 100).append('Z').toString();
    }

    private static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    }

    private static boolean hasFourDigits(int year) {
        return year >= 0 && year <= 9999;
    }

    private static StringBuilder clock(StringBuilder text, LocalDateTime utc) {
        digits(text, utc.getHour(), 10).append(':');
        digits(text, utc.getMinute(), 10).append(':');
        return digits(text, utc.getSecond(), 10);
    }

    /** @param highest the value of the first digit */
    private static StringBuilder digits(StringBuilder text, int number, int highest) {
        for (int place = highest; place > 0; place /= 10) {
            text.append((char) ('0' + number / place % 10));
        }
        return text;
    }
}
