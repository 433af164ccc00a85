package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.origin.Origin;
import java.util.Optional;
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
        if (requested.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c > 0xff)) {
            return new Resolution.Malformed();
        }
        if (requested.charAt(0) == '/') {
            return resolved(origin + requested);
        }
        if (WEB_URL.matcher(requested).matches()) {
            return originOf(requested).filter(origin::equals).isPresent() ? resolved(requested) : home(origin);
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

    /** Of the part before path, query and fragment: those may hold what browsers accept and java.net.URI does not. */
    private static Optional<Origin> originOf(String url) {
        int authority = url.indexOf("://");
        if (authority < 0) {
            return Optional.empty();
        }
        int end = authority + 3;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return Origin.parse(url.substring(0, end));
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Override
    public String toString() {
        return value;
    }
}
