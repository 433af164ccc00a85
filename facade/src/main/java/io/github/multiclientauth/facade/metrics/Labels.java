package io.github.multiclientauth.facade.metrics;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.wire.AuthRequest;
import java.util.Optional;

/**
 * The application and the provider that an event belongs to.
 *
 * @param client a client id of the directory
 * @param provider one that this client offers
 */
record Labels(String client, String provider) {

    /** Replaces what a stranger wrote where one of our names belongs. */
    static final String UNKNOWN = "unknown";

    /** Shared by all that are too many to have series of their own. */
    static final String OTHER = "other";

    static final Labels OVERFLOW = new Labels(OTHER, OTHER);

    /** The labels for the provider in the path, which strangers can make up. */
    static Labels ofProvider(AuthRequest request) {
        return of(request, request.route().provider());
    }

    /** The labels for a provider that counts only if the application offers it. */
    static Labels of(AuthRequest request, Optional<String> given) {
        String provider = given.filter(alias -> request.application().providers().stream()
                        .map(Provider::alias)
                        .anyMatch(alias::equals))
                .orElse(UNKNOWN);
        return new Labels(request.application().clientId().value(), provider);
    }
}
