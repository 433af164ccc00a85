package io.github.multiclientauth.testbed.provider.oauth;

import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every code and token that was issued. None of them may be in a log. */
public final class HandedOut {

    private final Set<String> values = ConcurrentHashMap.newKeySet();
    private final SecureRandom random = new SecureRandom();

    /** Issues a new one. */
    String draw(CodeStyle style) {
        String alphabet = style.alphabet();
        return note(random.ints(style.length(), 0, alphabet.length())
                .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                .collect(Collectors.joining("", style.prefix(), "")));
    }

    String note(String value) {
        values.add(value);
        return value;
    }

    public Stream<String> all() {
        return values.stream();
    }
}
