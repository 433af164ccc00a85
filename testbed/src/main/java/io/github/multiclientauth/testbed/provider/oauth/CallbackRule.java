package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Which callback URLs a provider's console lets one register. None takes a fragment. */
public enum CallbackRule {
    /** Any absolute http or https URL. */
    ANY(Set.of()) {
        @Override
        boolean permitsPlainHttp(String host) {
            return true;
        }
    },
    /** Any absolute http or https URL, but one only. */
    ONE(Set.of()) {
        @Override
        boolean permitsPlainHttp(String host) {
            return true;
        }

        @Override
        boolean permits(Set<String> callbacks) {
            return callbacks.size() == 1 && super.permits(callbacks);
        }
    },
    /** https, or http on the machine itself, by name or by address. */
    HTTPS_OR_LOOPBACK(Set.of("localhost", "127.0.0.1", "[::1]")),
    /** https, or http on {@code localhost}: for the address {@code 127.0.0.1} there is no exception. */
    HTTPS_OR_LOCALHOST(Set.of("localhost"));

    private final Set<String> plainHttpHosts;

    CallbackRule(Set<String> plainHttpHosts) {
        this.plainHttpHosts = plainHttpHosts;
    }

    boolean permitsPlainHttp(String host) {
        return plainHttpHosts.contains(host);
    }

    boolean permits(Set<String> callbacks) {
        return callbacks.stream().allMatch(this::permits);
    }

    private boolean permits(String callback) {
        Optional<Origin> origin = Origin.ofUrl(callback);
        return origin.isPresent()
                && URI.create(callback).getRawFragment() == null
                && (origin.get().isSecure() || permitsPlainHttp(origin.get().host()));
    }
}
