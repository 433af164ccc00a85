package io.github.multiclientauth.testbed.provider.oauth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Every code and token ever handed out: none may be found in a log. */
public final class HandedOut {

    private final Set<String> values = ConcurrentHashMap.newKeySet();
    private final SecureRandom random = new SecureRandom();

    /** A new one: {@code prefix}, then {@code bytes} random bytes as URL-safe text. */
    String draw(String prefix, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return note(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(drawn));
    }

    String note(String value) {
        values.add(value);
        return value;
    }

    public Stream<String> all() {
        return values.stream();
    }
}
