package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** The callback URLs that a provider's console accepts. None accepts a fragment. */
public enum CallbackRule {
    /** Any absolute http or https URL. */
    ANY(Set.of()) {
        @Override
        boolean permitsPlainHttp(String host) {
            return true;
        }
    },
    /** Only one absolute http or https URL. */
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
    /** https, or http on loopback, by name or by address. */
    HTTPS_OR_LOOPBACK(Set.of("localhost", "127.0.0.1", "[::1]")),
    /** https, or http on {@code localhost}, but not on {@code 127.0.0.1}. */
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
