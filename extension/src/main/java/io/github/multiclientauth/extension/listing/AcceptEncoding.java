package io.github.multiclientauth.extension.listing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a client accepts gzip, from its {@code Accept-Encoding}. A client that does not name gzip does not get it:
 * {@code *} alone is not enough.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110, section 12.5.3</a>
 */
public final class AcceptEncoding {

    /** The weight 0, "not acceptable", in all its spellings. */
    private static final Pattern REFUSED = Pattern.compile("q=0(?:\\.0{0,3})?");

    private AcceptEncoding() {}

    /** @param fields every value of the header */
    public static boolean takesGzip(List<String> fields) {
        return fields.stream()
                .flatMap(field -> Arrays.stream(field.toLowerCase(Locale.ROOT).split(",")))
                .map(coding -> coding.replaceAll("\\s", "").split(";", 2))
                .filter(coding -> coding[0].equals("gzip") || coding[0].equals("x-gzip"))
                .anyMatch(coding ->
                        coding.length == 1 || !REFUSED.matcher(coding[1]).matches());
    }
}
