package io.github.multiclientauth.facade.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The cookies of a request, in the order in which they were sent. Everything that a browser sends can be read. */
public final class RequestCookies {

    /** No browser keeps more for one host. */
    private static final int MAX_COUNT = 200;

    private final List<Cookie> cookies;

    private RequestCookies(List<Cookie> cookies) {
        this.cookies = cookies;
    }

    /** @param sent the value, not yet decoded */
    public record Cookie(String name, String sent) {

        /** Decoded, or as sent if its percent-encoding is broken. */
        public String value() {
            return decode(sent);
        }

        /** How many characters of the header it takes. */
        public int length() {
            return RequestCookies.length(name, sent);
        }

        @Override
        public String toString() {
            return "Cookie[" + name + "]";
        }
    }

    /** @param headers the values of all {@code Cookie} headers; cookies after the 200th are ignored */
    public static RequestCookies parse(List<String> headers) {
        List<Cookie> cookies = new ArrayList<>(8);
        for (String header : headers) {
            parse(header, cookies);
        }
        return new RequestCookies(cookies);
    }

    private static void parse(String header, List<Cookie> cookies) {
        // The rest after the last of them stays in one piece, so that a client cannot make this slow.
        String[] pairs = header.split(";", MAX_COUNT + 1);
        for (int i = 0; i < Math.min(pairs.length, MAX_COUNT) && cookies.size() < MAX_COUNT; i++) {
            int equals = pairs[i].indexOf('=');
            String name = equals < 0 ? "" : pairs[i].substring(0, equals).strip();
            if (!name.isEmpty()) {
                cookies.add(new Cookie(name, pairs[i].substring(equals + 1).strip()));
            }
        }
    }

    /** The first cookie of that name. Browsers send the one with the longest path first (RFC 6265, section 5.4). */
    public Optional<String> get(String name) {
        for (Cookie cookie : cookies) {
            if (cookie.name().equals(name)) {
                return Optional.of(cookie.value());
            }
        }
        return Optional.empty();
    }

    /** The values of all cookies of that name. A planted one may stand before or after the others. */
    public List<String> values(String name) {
        List<String> found = new ArrayList<>(1);
        for (Cookie cookie : cookies) {
            if (cookie.name().equals(name)) {
                found.add(cookie.value());
            }
        }
        return found;
    }

    /** How many characters of the header the others take. */
    public int lengthWithout(Set<String> names) {
        return cookies.stream()
                .filter(cookie -> !names.contains(cookie.name()))
                .mapToInt(Cookie::length)
                .sum();
    }

    /** The length of a name, its value, and what separates the two and the next pair. */
    static int length(String name, String encoded) {
        return name.length() + encoded.length() + 3;
    }

    /** Whether the request has no cookie at all. */
    public boolean isEmpty() {
        return cookies.isEmpty();
    }

    /** Whether a cookie's name contains this. */
    boolean haveNameWith(String part) {
        for (Cookie cookie : cookies) {
            if (cookie.name().contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** The name of the first cookie whose name ends with this. */
    public Optional<String> nameEndingWith(String suffix) {
        return cookies.stream()
                .map(Cookie::name)
                .filter(name -> name.endsWith(suffix))
                .findFirst();
    }

    /** All cookies whose name begins with this. */
    public List<Cookie> withPrefix(String prefix) {
        List<Cookie> found = new ArrayList<>(2);
        for (Cookie cookie : cookies) {
            if (cookie.name().startsWith(prefix)) {
                found.add(cookie);
            }
        }
        return found;
    }

    private static String decode(String value) {
        String unquoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
        if (unquoted.indexOf('%') < 0) {
            return unquoted;
        }
        byte[] bytes = unescaped(unquoted);
        return bytes == null ? unquoted : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Decodes like {@code decodeURIComponent}, which keeps plus signs. Null if an escape is broken. */
    private static byte[] unescaped(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                bytes[length++] = bytes[i];
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            bytes[length++] = (byte) (high << 4 | low);
            i += 2;
        }
        return Arrays.copyOf(bytes, length);
    }
}
