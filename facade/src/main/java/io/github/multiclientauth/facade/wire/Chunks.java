package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.wire.RequestCookies.Cookie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A value that may be too long for one cookie: split into {@code name.0}, {@code name.1}, … where it is longer than 3936
 * characters, exactly as Auth.js 5 does and its server libraries read it.
 */
public final class Chunks {

    private static final int CHUNK = 3936;

    /** No request header has room for more. */
    private static final int MAX_COUNT = 16;

    private final String name;
    private final String path;
    private final boolean secure;

    /** @param name of the cookie when one is enough */
    public Chunks(String name, String path, boolean secure) {
        this.name = name;
        this.path = path;
        this.secure = secure;
    }

    /** Whether the request has any cookie of the value, readable or not. */
    public boolean isPresent(RequestCookies cookies) {
        return !sent(cookies).isEmpty();
    }

    /**
     * The value, joined.
     *
     * @return empty if there is none, or if the chunks are not exactly those that were written: with gaps, twice, too
     *     many, or mixed with the plain cookie
     */
    public Optional<String> read(RequestCookies cookies) {
        List<Cookie> sent = sent(cookies);
        if (sent.isEmpty() || sent.size() > MAX_COUNT) {
            return Optional.empty();
        }
        if (sent.size() == 1 && sent.get(0).name().equals(name)) {
            return Optional.of(sent.get(0).value());
        }
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < sent.size(); i++) {
            String expected = chunkName(i);
            List<Cookie> chunk =
                    sent.stream().filter(c -> c.name().equals(expected)).toList();
            if (chunk.size() != 1) {
                return Optional.empty();
            }
            value.append(chunk.get(0).value());
        }
        return Optional.of(value.toString());
    }

    /** Writes the value, and clears what the request has of an earlier one that is not overwritten. */
    public List<SetCookie> write(String value, Instant expires, RequestCookies cookies) {
        List<SetCookie> written = new ArrayList<>(2);
        if (value.length() <= CHUNK) {
            written.add(SetCookie.until(expires, name, value, path, secure));
        } else {
            for (int i = 0; i * CHUNK < value.length(); i++) {
                String chunk = value.substring(i * CHUNK, Math.min(value.length(), (i + 1) * CHUNK));
                written.add(SetCookie.until(expires, chunkName(i), chunk, path, secure));
            }
        }
        clear(cookies, written);
        return written;
    }

    /** Clears all that the request has of the value. */
    public List<SetCookie> clear(RequestCookies cookies) {
        List<SetCookie> cleared = new ArrayList<>(2);
        clear(cookies, cleared);
        return cleared;
    }

    /** Adds what clears the rest; no cookie is set twice. */
    private void clear(RequestCookies cookies, List<SetCookie> set) {
        Set<String> names = new HashSet<>();
        set.forEach(cookie -> names.add(cookie.name()));
        for (Cookie sent : sent(cookies)) {
            if (names.add(sent.name())) {
                set.add(SetCookie.cleared(sent.name(), path, secure));
            }
        }
    }

    private List<Cookie> sent(RequestCookies cookies) {
        List<Cookie> sent = cookies.withPrefix(name);
        sent.removeIf(cookie -> !cookie.name().equals(name) && !isChunk(cookie.name()));
        return sent;
    }

    private boolean isChunk(String cookie) {
        String number = cookie.substring(name.length());
        for (int i = 1; i < number.length(); i++) {
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                return false;
            }
        }
        return number.length() > 1 && number.charAt(0) == '.';
    }

    private String chunkName(int number) {
        return name + '.' + number;
    }
}
