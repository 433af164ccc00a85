package io.github.multiclientauth.facade.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cookies of a request, in the order in which they were sent. Whatever a browser sends can be read. */
public final class RequestCookies {

    /** No browser keeps more for one host. */
    private static final int MAX_COUNT = 200;

    private final List<Cookie> cookies;

    private RequestCookies(List<Cookie> cookies) {
        this.cookies = List.copyOf(cookies);
    }

    /** @param value decoded, or as sent if its percent-encoding is broken */
    public record Cookie(String name, String value) {

        @Override
        public String toString() {
            return "Cookie[" + name + "]";
        }
    }

    /** @param headers the values of all {@code Cookie} headers; cookies beyond the 200th are not looked at */
    public static RequestCookies parse(List<String> headers) {
        List<Cookie> cookies = new ArrayList<>();
        for (String header : headers) {
            for (String pair : header.split(";", MAX_COUNT + 1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? "" : pair.substring(0, equals).strip();
                if (!name.isEmpty() && cookies.size() < MAX_COUNT) {
                    cookies.add(
                            new Cookie(name, decode(pair.substring(equals + 1).strip())));
                }
            }
        }
        return new RequestCookies(cookies);
    }

    /** The first of that name: browsers send the one with the longest path first (RFC 6265, section 5.4). */
    public Optional<String> get(String name) {
        return cookies.stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst();
    }

    /** All whose name begins so. */
    public List<Cookie> withPrefix(String prefix) {
        return cookies.stream()
                .filter(cookie -> cookie.name().startsWith(prefix))
                .toList();
    }

    private static String decode(String value) {
        String unquoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
        if (unquoted.indexOf('%') < 0) {
            return unquoted;
        }
        try {
            // A plus sign is a plus sign in cookies.
            return URLDecoder.decode(unquoted.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return unquoted;
        }
    }
}
