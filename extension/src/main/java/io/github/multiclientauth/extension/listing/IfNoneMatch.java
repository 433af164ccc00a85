package io.github.multiclientauth.extension.listing;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The documents that a client has already, from its {@code If-None-Match}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, section 13.1.2</a>
 */
public final class IfNoneMatch {

    private static final String ANY = "*";

    /** An entity tag: no quotation mark inside, but possibly a comma. */
    private static final Pattern TAG = Pattern.compile("\\G\\s*,*\\s*(?:W/)?(\"[^\"]*\")\\s*(?=,|$)");

    private IfNoneMatch() {}

    /**
     * Whether the client has the document with this tag. Weak tags count, as the RFC says. Unreadable ones do not.
     *
     * @param fields every value of the header
     */
    public static boolean matches(List<String> fields, String tag) {
        return fields.stream().anyMatch(field -> field.strip().equals(ANY) || has(field, tag));
    }

    private static boolean has(String field, String tag) {
        Matcher tags = TAG.matcher(field);
        while (tags.find()) {
            if (tags.group(1).equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
