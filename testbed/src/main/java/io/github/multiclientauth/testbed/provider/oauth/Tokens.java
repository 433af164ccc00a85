package io.github.multiclientauth.testbed.provider.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The access tokens, or the refresh tokens, of one provider. */
final class Tokens {

    private final Map<String, Issued> issued = new ConcurrentHashMap<>();
    private final CodeStyle style;
    private final HandedOut handedOut;
    private final Clock clock;

    Tokens(CodeStyle style, HandedOut handedOut, Clock clock) {
        this.style = style;
        this.handedOut = handedOut;
        this.clock = clock;
    }

    private record Issued(Grant grant, Instant expires) {}

    Duration lifetime() {
        return style.lifetime();
    }

    String issue(Grant grant) {
        String token = handedOut.draw(style);
        issued.put(token, new Issued(grant, clock.instant().plus(style.lifetime())));
        return token;
    }

    /** The grant of a token. Empty if the token is unknown or expired. */
    Optional<Grant> find(String token) {
        return Optional.ofNullable(token)
                .map(issued::get)
                .filter(found -> clock.instant().isBefore(found.expires()))
                .map(Issued::grant);
    }
}
