package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps cookies as a browser does, for one host: by name and path. */
public final class Browser {

    private final Map<Key, SetCookie> cookies = new LinkedHashMap<>();

    private record Key(String name, String path) {}

    /** Another browser with the same cookies, like that of somebody who stole them. */
    public Browser copy() {
        Browser copy = new Browser();
        copy.cookies.putAll(cookies);
        return copy;
    }

    /** Stores the cookies of an answer. */
    public <T extends Reply> T take(T reply) {
        take(reply.cookies());
        return reply;
    }

    public void take(List<SetCookie> set) {
        for (SetCookie cookie : set) {
            Key key = new Key(cookie.name(), cookie.path());
            if (cookie.maxAge().isPresent() && cookie.maxAge().getAsLong() <= 0) {
                cookies.remove(key);
            } else {
                cookies.put(key, cookie);
            }
        }
    }

    /** Plants a cookie, replacing the one of that name and path. */
    public void put(String name, String value, String path) {
        take(List.of(SetCookie.forBrowserSession(name, value, path, false)));
    }

    public void remove(String name) {
        cookies.keySet().removeIf(key -> key.name().equals(name));
    }

    /** The value of the cookie, decoded. */
    public Optional<String> value(String name) {
        return cookies.values().stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(SetCookie::value)
                .findFirst();
    }

    public Set<String> names() {
        return cookies.keySet().stream().map(Key::name).collect(java.util.stream.Collectors.toSet());
    }

    /** The {@code Cookie} header for a request to that path; longer paths first (RFC 6265, section 5.4). */
    public String header(String path) {
        return cookies.values().stream()
                .filter(cookie ->
                        cookie.path().equals("/") || path.equals(cookie.path()) || path.startsWith(cookie.path() + "/"))
                .sorted(java.util.Comparator.comparingInt(
                                (SetCookie cookie) -> cookie.path().length())
                        .reversed())
                .map(cookie -> cookie.header().split(";", 2)[0])
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }
}
