package io.github.multiclientauth.testbed.proof;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A cookie in a browser. {@code SameSite} is ignored, because every request of a {@link Visitor} is a top-level navigation or a same-site
 * request of a page.
 *
 * @param expires empty for a session cookie
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265#section-5">RFC 6265, section 5</a>
 */
public record Cookie(String host, String path, String name, String value, Optional<Instant> expires) {

    /** Reads one {@code Set-Cookie} of the answer to {@code address}. */
    static Cookie parse(URI address, String setCookie, Instant now) {
        String[] parts = setCookie.split(";");
        int equals = parts[0].indexOf('=');
        String path = defaultPath(address);
        Optional<Instant> expires = Optional.empty();
        OptionalLong maxAge = OptionalLong.empty();
        for (int i = 1; i < parts.length; i++) {
            String[] attribute = parts[i].strip().split("=", 2);
            String value = attribute.length < 2 ? "" : attribute[1].strip();
            switch (attribute[0].toLowerCase(Locale.ROOT)) {
                case "path" -> path = value.startsWith("/") ? value : path;
                case "max-age" -> maxAge = OptionalLong.of(Long.parseLong(value));
                case "expires" -> expires = date(value);
                case "domain" -> throw new IllegalArgumentException("Nothing here may set a cookie for a domain");
                default -> {
                    // HttpOnly, Secure (loopback is trustworthy), SameSite: see above.
                }
            }
        }
        if (maxAge.isPresent()) {
            expires = Optional.of(now.plusSeconds(maxAge.getAsLong()));
        }
        return new Cookie(
                address.getHost(),
                path,
                parts[0].substring(0, Math.max(equals, 0)).strip(),
                parts[0].substring(equals + 1).strip(),
                expires);
    }

    boolean isExpired(Instant now) {
        return expires.isPresent() && !now.isBefore(expires.get());
    }

    /** Whether it is sent to {@code address}. Only the host name counts, because cookies ignore ports. */
    boolean belongsTo(URI address) {
        String asked = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        boolean below = asked.startsWith(path)
                && (asked.length() == path.length() || path.endsWith("/") || asked.charAt(path.length()) == '/');
        return host.equals(address.getHost()) && below;
    }

    /** The key of the cookie. A cookie replaces another one with the same key. */
    String identity() {
        return host + "\n" + path + "\n" + name;
    }

    private static String defaultPath(URI address) {
        int last = address.getRawPath().lastIndexOf('/');
        return last <= 0 ? "/" : address.getRawPath().substring(0, last);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Keeps the value out of messages. */
    @Override
    public String toString() {
        return name + " for " + host + path;
    }
}
