package io.github.multiclientauth.testbed.proof;

import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A browser's cookies, for all of its tabs. The store of the JDK is not used, because it distinguishes ports and drops cookies that browsers keep on loopback. */
public final class CookieJar {

    private final Map<String, Cookie> cookies = new LinkedHashMap<>();
    private final Clock clock;

    CookieJar(Clock clock) {
        this.clock = clock;
    }

    synchronized void receive(URI address, List<String> setCookies) {
        for (String setCookie : setCookies) {
            put(Cookie.parse(address, setCookie, clock.instant()));
        }
    }

    /** Stores a cookie, such as one that a test made. */
    public synchronized void put(Cookie cookie) {
        cookies.remove(cookie.identity());
        if (!cookie.isExpired(clock.instant())) {
            cookies.put(cookie.identity(), cookie);
        }
    }

    /** The {@code Cookie} header for {@code address}, longest paths first; empty if there is none to send. */
    synchronized Optional<String> header(URI address) {
        String header = cookies.values().stream()
                .filter(cookie -> cookie.belongsTo(address) && !cookie.isExpired(clock.instant()))
                .sorted(Comparator.comparingInt((Cookie cookie) -> cookie.path().length())
                        .reversed())
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        return header.isEmpty() ? Optional.empty() : Optional.of(header);
    }

    /** The cookie of this name that would be sent to {@code address}. */
    public Optional<Cookie> find(URI address, String name) {
        return all().stream()
                .filter(cookie -> cookie.name().equals(name) && cookie.belongsTo(address))
                .findFirst();
    }

    public synchronized List<Cookie> all() {
        return List.copyOf(cookies.values());
    }

    /** Forgets the cookies of a host. */
    public synchronized void clear(String host) {
        cookies.values().removeIf(cookie -> cookie.host().equals(host));
    }
}
