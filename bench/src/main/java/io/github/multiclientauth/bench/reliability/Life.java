package io.github.multiclientauth.bench.reliability;

import io.github.multiclientauth.testbed.proof.Cookie;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One session of a person, from the sign-in to its end. */
final class Life {

    private final String userId;
    private final Optional<String> sid;
    private volatile List<Cookie> cookies;
    private volatile long ending;
    private volatile long ended;

    /**
     * A session that has begun.
     *
     * @param sid Keycloak's id of it; empty if Keycloak could not be asked
     * @param cookies the session cookie
     */
    Life(String userId, Optional<String> sid, List<Cookie> cookies) {
        this.userId = userId;
        this.sid = sid;
        this.cookies = List.copyOf(cookies);
    }

    String userId() {
        return userId;
    }

    Optional<String> sid() {
        return sid;
    }

    List<Cookie> cookies() {
        return cookies;
    }

    /** Remembers the last cookies, to try them after the end. */
    void keep(List<Cookie> latest) {
        cookies = List.copyOf(latest);
    }

    /** Somebody is about to end it. */
    void ending() {
        ending = System.nanoTime();
    }

    /** The end was acknowledged. */
    void ended() {
        ended = System.nanoTime();
    }

    /** Whether it must be alive. */
    boolean mustLive() {
        return ending == 0;
    }

    /** When the end was acknowledged. Empty if it is alive, or nobody knows. */
    OptionalLong endedAt() {
        return ended == 0 ? OptionalLong.empty() : OptionalLong.of(ended);
    }
}
