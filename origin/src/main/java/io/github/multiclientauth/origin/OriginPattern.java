package io.github.multiclientauth.origin;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Origins that differ in one part of their first label, and in nothing else: {@code https://*-preview.example.com}.
 *
 * <p>The {@code *} stands for one or more characters of that label, so never for a dot: whoever owns
 * {@code example.com} owns everything that matches. Scheme, domain and port must be equal. It is compared with parsed
 * origins only, and {@link Origin} has already brought case, default port and internationalised names to one spelling.
 *
 * <p>Refused, since strangers could own what matches: a domain of one label ({@code https://*.com},
 * {@code https://*-preview.dev}), and {@code http} anywhere but on the loopback names, where anybody on the network could
 * answer. A domain of two labels may still be one where strangers get names of their own ({@code co.uk},
 * {@code vercel.app}): no list of those is kept here, and the documentation says so.
 *
 * @param scheme {@code https}; {@code http} only for names below {@code localhost}
 * @param prefix what the first label begins with, may be empty; lower case
 * @param suffix what the first label ends with, may be empty; lower case
 * @param domain the other labels, as in {@link Origin#host}; without a dot at the end
 * @param port 1 to 65535
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6761#section-6.3">RFC 6761, section 6.3: names below localhost</a>
 */
public record OriginPattern(String scheme, String prefix, String suffix, String domain, int port) {

    /** The longest text that is parsed, in characters: scheme, the longest name and a port. */
    private static final int MAX_LENGTH = 300;

    private static final Pattern TEXT = Pattern.compile("(https?)://([a-z0-9_-]*)\\*([a-z0-9_-]*)\\.(.+)");

    /**
     * Only ASCII capitals. The lower case of some other letters is an ASCII letter, and an administrator would not see
     * that the entry is for another host.
     */
    private static final Pattern ASCII_CAPITALS = Pattern.compile("[A-Z]+");

    private static final String LOOPBACK = "localhost";

    /** A replacement for {@code *}, to check that such an origin can exist. */
    private static final String SAMPLE = "x";

    public OriginPattern {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(suffix, "suffix");
        Objects.requireNonNull(domain, "domain");
        if (prefix.indexOf('.') >= 0 || suffix.indexOf('.') >= 0) {
            throw new IllegalArgumentException("Not a pattern of origins: * stands in the first label only");
        }
        // Refuses a pattern whose origins could not exist.
        Origin sample = new Origin(scheme, prefix + SAMPLE + suffix + "." + domain, port);
        boolean loopback = domain.equals(LOOPBACK) || domain.endsWith("." + LOOPBACK);
        if (!loopback && !sample.isSecure()) {
            throw new IllegalArgumentException("Not a pattern of origins: http is for names below localhost only");
        }
        if (!loopback && domain.indexOf('.') < 0 || domain.endsWith(".")) {
            throw new IllegalArgumentException("Not a pattern of origins: the domain has fewer than two labels");
        }
    }

    /**
     * Reads what an administrator entered.
     *
     * @return empty if the text is anything else: no {@code *} or several, one behind the first dot or in the port, a path
     *     (a single slash included), what no origin can be, what strangers could own
     */
    public static Optional<OriginPattern> parse(String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher parts = TEXT.matcher(
                ASCII_CAPITALS.matcher(text).replaceAll(found -> found.group().toLowerCase(Locale.ROOT)));
        if (!parts.matches()) {
            return Optional.empty();
        }
        String prefix = parts.group(2);
        String suffix = parts.group(3);
        return Origin.parse(parts.group(1) + "://" + prefix + SAMPLE + suffix + "." + parts.group(4))
                .flatMap(sample -> of(prefix, suffix, sample));
    }

    private static Optional<OriginPattern> of(String prefix, String suffix, Origin sample) {
        try {
            String domain = sample.host().substring(sample.host().indexOf('.') + 1);
            return Optional.of(new OriginPattern(sample.scheme(), prefix, suffix, domain, sample.port()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the pattern matches the origin. */
    public boolean matches(Origin origin) {
        String host = origin.host();
        int dot = host.indexOf('.');
        return origin.scheme().equals(scheme)
                && origin.port() == port
                && dot > prefix.length() + suffix.length()
                && host.startsWith(prefix)
                && host.startsWith(suffix, dot - suffix.length())
                && host.length() == dot + 1 + domain.length()
                && host.endsWith(domain);
    }

    /** The text that an administrator would enter: {@code https://*-preview.example.com}, {@code http://*.localhost:3000}. */
    @Override
    public String toString() {
        String host = prefix + "*" + suffix + "." + domain;
        return scheme + "://" + (port == Origin.defaultPort(scheme) ? host : host + ":" + port);
    }
}
