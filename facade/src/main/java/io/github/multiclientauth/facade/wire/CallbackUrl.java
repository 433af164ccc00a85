package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.origin.Origin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the browser goes in the end: an absolute URL, always on the origin of the request.
 *
 * <p>The rule is Auth.js' default {@code redirect} callback; the origins are compared as parsed origins.
 *
 * @param value a legal header value: what else could be smuggled into a {@code Location} never gets here
 */
public record CallbackUrl(String value) {

    /** In characters. Longer ones count as not given: they would not fit into a cookie. */
    private static final int MAX_LENGTH = 2048;

    private static final Pattern WEB_URL = Pattern.compile("https?:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SCHEME_AND_AUTHORITY = Pattern.compile("https?://[^/?#]*", Pattern.CASE_INSENSITIVE);

    /** What follows the last colon is no number: no parser takes that for a URL. */
    private static final Pattern BROKEN_PORT =
            Pattern.compile("https?://[^@\\\\]*:(?![0-9]*$)[^@\\\\\\]:]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern URL_WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /** What a request asked for. */
    public sealed interface Resolution {

        /** Use this one. */
        record Resolved(CallbackUrl url) implements Resolution {}

        /** The text is nothing that could be meant as a URL, or no legal header value: somebody's mistake, or worse. */
        record Malformed() implements Resolution {}
    }

    /**
     * @param requested as given; empty counts as the origin itself
     * @param origin of the request: foreign URLs are replaced by it
     */
    public static Resolution resolve(String requested, Origin origin) {
        if (requested.isEmpty() || requested.length() > MAX_LENGTH || hasLoneSurrogate(requested)) {
            return home(origin);
        }
        if (requested.chars().anyMatch(c -> Character.isISOControl(c) || c > 0xff)) {
            return new Resolution.Malformed();
        }
        if (requested.charAt(0) == '/') {
            return resolved(origin + requested);
        }
        if (WEB_URL.matcher(requested).matches()) {
            return webUrl(requested, origin);
        }
        return URL_WITH_SCHEME.matcher(requested).matches() ? home(origin) : new Resolution.Malformed();
    }

    /** Whether a text starts as a URL of the web or as a path, and not as {@code javascript:} or the like. */
    public static boolean isWebUrlOrPath(String requested) {
        return requested.isEmpty()
                || requested.charAt(0) == '/'
                || WEB_URL.matcher(requested).matches();
    }

    private static Resolution home(Origin origin) {
        return resolved(origin.toString());
    }

    private static Resolution resolved(String value) {
        return new Resolution.Resolved(new CallbackUrl(value));
    }

    /** Looks at scheme and authority alone: the rest may hold what browsers accept and java.net.URI does not. */
    private static Resolution webUrl(String requested, Origin origin) {
        Matcher start = SCHEME_AND_AUTHORITY.matcher(requested);
        if (!start.lookingAt()) {
            return home(origin);
        }
        if (BROKEN_PORT.matcher(start.group()).matches()) {
            return new Resolution.Malformed();
        }
        return Origin.parse(start.group()).filter(origin::equals).isPresent() ? resolved(requested) : home(origin);
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Override
    public String toString() {
        return value;
    }
}
