package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong for whom, from when a test says so. */
public final class Failures {

    private final Map<String, Failure> byLogin = new ConcurrentHashMap<>();
    private final Set<Failure> possible;

    Failures(Set<Failure> possible) {
        this.possible = possible;
    }

    /**
     * From now on sign-ins of {@code login} fail so.
     *
     * @throws IllegalArgumentException if that cannot happen at this provider: a test of it would prove nothing
     */
    public void set(String login, Failure failure) {
        if (!possible.contains(failure)) {
            throw new IllegalArgumentException("There is no " + failure + " at this provider");
        }
        byLogin.put(login, failure);
    }

    /** From now on sign-ins of {@code login} succeed again. */
    public void clear(String login) {
        byLogin.remove(login);
    }

    boolean has(String login, Failure failure) {
        return byLogin.get(login) == failure;
    }
}
