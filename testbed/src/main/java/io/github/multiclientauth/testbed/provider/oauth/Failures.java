package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The failures that tests have caused, by person. */
public final class Failures {

    private final Map<String, Failure> byLogin = new ConcurrentHashMap<>();
    private final Set<Failure> possible;

    Failures(Set<Failure> possible) {
        this.possible = possible;
    }

    /**
     * Makes sign-ins of {@code login} fail like this from now on.
     *
     * @throws IllegalArgumentException if this cannot happen at this provider, because the test would be useless
     */
    public void set(String login, Failure failure) {
        if (!possible.contains(failure)) {
            throw new IllegalArgumentException("There is no " + failure + " at this provider");
        }
        byLogin.put(login, failure);
    }

    /** Makes sign-ins of {@code login} succeed again. */
    public void clear(String login) {
        byLogin.remove(login);
    }

    boolean has(String login, Failure failure) {
        return byLogin.get(login) == failure;
    }
}
