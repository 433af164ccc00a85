package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.wire.RequestCookies.Cookie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A value that may be too long for one cookie. If it is longer than 3936 characters, it is split into {@code name.0}, {@code
 * name.1}, …, exactly as Auth.js 5 does and as its server libraries read it.
 */
public final class Chunks {

    private static final int CHUNK = 3936;

    /** More do not fit into a request header. */
    private static final int MAX_COUNT = 16;

    /** In characters. Versions of Auth.js split at slightly different lengths. */
    private static final int SHORTEST_BUT_LAST = 3000;

    /** The same as the limit for cookies. A planted one can neither hide another one nor make reading slow. */
    static final int MAX_CANDIDATES = 200;

    private final String name;
    private final String path;
    private final boolean secure;

    /** @param name of the cookie if one is enough */
    public Chunks(String name, String path, boolean secure) {
        this.name = name;
        this.path = path;
        this.secure = secure;
    }

    /**
     * A value that the cookies can be read as. It may be planted: only opening it shows whether it is genuine.
     *
     * @param names of the cookies that hold it
     */
    public record Candidate(String value, Set<String> names) {

        @Override
        public String toString() {
            return "Candidate" + names;
        }
    }

    /**
     * Reads every value that these cookies can mean: the plain ones, and each way to join chunks from the first on without a
     * gap. At most {@link #MAX_CANDIDATES}.
     */
    public List<Candidate> candidates(RequestCookies cookies) {
        List<Cookie> sent = sent(cookies);
        List<Candidate> candidates = new ArrayList<>(sent.size());
        for (Cookie cookie : sent) {
            if (cookie.name().equals(name)) {
                candidates.add(new Candidate(cookie.value(), Set.of(name)));
            }
        }
        if (candidates.size() < sent.size()) {
            joined(sent, candidates);
        }
        return candidates;
    }

    private void joined(List<Cookie> sent, List<Candidate> candidates) {
        List<List<String>> chunks = new ArrayList<>();
        for (int i = 0; i < MAX_COUNT; i++) {
            List<String> values = values(sent, chunkName(i));
            if (values.isEmpty()) {
                break;
            }
            chunks.add(values);
        }
        // Longer ones first. A planted chunk may follow those that were written.
        for (int count = chunks.size(); count > 0; count--) {
            join(chunks, count, 0, "", candidates);
        }
    }

    private static List<String> values(List<Cookie> sent, String name) {
        return sent.stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .toList();
    }

    private void join(List<List<String>> chunks, int count, int at, String begin, List<Candidate> candidates) {
        if (at == count) {
            Set<String> names = new LinkedHashSet<>();
            for (int i = 0; i < count; i++) {
                names.add(chunkName(i));
            }
            candidates.add(new Candidate(begin, names));
            return;
        }
        boolean last = at == count - 1;
        for (String chunk : chunks.get(at)) {
            if (candidates.size() >= MAX_CANDIDATES) {
                return;
            }
            // Of the chunks that were written only the last one is shorter.
            if (last || chunk.length() >= SHORTEST_BUT_LAST) {
                join(chunks, count, at + 1, begin + chunk, candidates);
            }
        }
    }

    /** Writes the value, and clears cookies of an earlier value that it does not overwrite. */
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

    /** Clears all cookies of the value that the request has. */
    public List<SetCookie> clear(RequestCookies cookies) {
        List<SetCookie> cleared = new ArrayList<>(2);
        clear(cookies, cleared);
        return cleared;
    }

    /** Clears one cookie of the value. */
    public SetCookie cleared(String cookie) {
        return SetCookie.cleared(cookie, path, secure);
    }

    /** Clears the cookies that are not set already, so that none is set twice. */
    private void clear(RequestCookies cookies, List<SetCookie> set) {
        Set<String> names = new HashSet<>();
        set.forEach(cookie -> names.add(cookie.name()));
        for (Cookie sent : sent(cookies)) {
            if (names.add(sent.name())) {
                set.add(cleared(sent.name()));
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
