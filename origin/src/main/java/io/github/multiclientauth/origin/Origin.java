package io.github.multiclientauth.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A web origin as the Fetch standard serialises it: scheme, host and port, without a default port.
 *
 * <p>Two origins are the same only if all three are equal. There is no prefix, suffix or sub-domain match. Every way to
 * create an origin canonicalises first (case, default port, IPv6 and internationalised spelling), so that {@code
 * equals} decides as a browser does. Texts that browsers would repair and parsers read differently are refused:
 * backslashes, user information, percent signs or numeric spellings such as {@code 127.1} in the host.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower case, A-labels (RFC 5890), IPv6 in brackets in the spelling of RFC 5952; a trailing dot is kept,
 *     since it is another host for browsers
 * @param port 1 to 65535, the default port of the scheme if none was written
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454#section-4">RFC 6454, section 4</a>
 */
public record Origin(String scheme, String host, int port) {

    /** The longest text that is parsed, in characters. No registered address is longer. */
    private static final int MAX_LENGTH = 8192;

    public Origin {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(host, "host");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("Not a web origin: the scheme is neither http nor https");
        }
        if (!Host.canonical(host).equals(Optional.of(host))) {
            throw new IllegalArgumentException("Not a web origin: the host is not in its canonical form");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("Not a web origin: port " + port);
        }
    }

    /**
     * Reads a serialised origin, such as the value of an {@code Origin} header or an entry of Keycloak's Web Origins.
     *
     * @return empty if the text is anything else: {@code null}, {@code *}, {@code +}, an URL with a path (a single
     *     slash included), query or fragment, another scheme
     */
    public static Optional<Origin> parse(String text) {
        return uri(text)
                .filter(uri -> uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null)
                .flatMap(Origin::of);
    }

    /**
     * Returns the origin of an absolute http or https URL.
     *
     * @return empty if the text is no such URL, or one with user information
     */
    public static Optional<Origin> ofUrl(String url) {
        return uri(url).flatMap(Origin::of);
    }

    /** Whether a page of this origin is served over TLS, which decides cookie names and the {@code Secure} attribute. */
    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** The serialised origin: {@code https://app.example.com}, {@code http://localhost:3000}. */
    @Override
    public String toString() {
        return scheme + "://" + (port == defaultPort(scheme) ? host : host + ":" + port);
    }

    private static Optional<URI> uri(String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            // Throws on control characters, white space and backslashes, which browsers would remove or replace.
            URI uri = new URI(text);
            return uri.isAbsolute() && !uri.isOpaque() ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException | NumberFormatException e) {
            // The second for [::1.08888888888]: the JDK reads the parts of an IPv4 address as numbers unchecked.
            return Optional.empty();
        }
    }

    private static Optional<Origin> of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        if (!scheme.equals("http") && !scheme.equals("https") || authority == null || authority.indexOf('@') >= 0) {
            return Optional.empty();
        }
        // Not URI.getHost(): it is null for hosts that browsers accept, such as my_app.example.com.
        int colon = authority.lastIndexOf(':');
        boolean withPort = colon > authority.lastIndexOf(']');
        int port = withPort ? port(authority.substring(colon + 1)) : defaultPort(scheme);
        if (port < 0) {
            return Optional.empty();
        }
        return Host.canonical(withPort ? authority.substring(0, colon) : authority)
                .map(host -> new Origin(scheme, host, port));
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65535 ? port : -1;
    }

    static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
