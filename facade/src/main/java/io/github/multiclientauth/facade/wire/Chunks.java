package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.wire.RequestCookies.Cookie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A value that may be too long for one cookie: split into {@code name.0}, {@code name.1}, … where it is longer than 3936
 * characters, exactly as Auth.js 5 does and its server libraries read it.
 */
public final class Chunks {

    private static final int CHUNK = 3936;

    /** No request header has room for more. */
    private static final int MAX_COUNT = 16;

    /** Versions of Auth.js differ a little in where they split. */
    private static final int SHORTEST_BUT_LAST = 3000;

    /** As many as there can be cookies, so that nobody can hide one behind others, or keep us busy. */
    static final int MAX_CANDIDATES = 200;

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
     * What may have been written, each of which may be what somebody planted: only who can open it knows.
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
     * Every value that these cookies can be read as: the plain one, however often it is there, and each way to join chunks
     * from the first on without a gap. At most {@link #MAX_CANDIDATES}.
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
        // Longer ones first: the last chunk may be a planted one, behind those that were written.
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
            // Only the last of those that were written is shorter than the others.
            if (last || chunk.length() >= SHORTEST_BUT_LAST) {
                join(chunks, count, at + 1, begin + chunk, candidates);
            }
        }
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

    /** Clears one cookie of the value. */
    public SetCookie cleared(String cookie) {
        return SetCookie.cleared(cookie, path, secure);
    }

    /** Adds what clears the rest; no cookie is set twice. */
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
