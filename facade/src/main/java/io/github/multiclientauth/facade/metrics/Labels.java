package io.github.multiclientauth.facade.metrics;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.wire.AuthRequest;
import java.util.Optional;

/**
 * Whose event it was.
 *
 * @param client a client id of the directory
 * @param provider one that this client offers; {@link #NONE} for events that have none
 */
record Labels(String client, String provider) {

    /** What a stranger wrote where a name of ours is wanted. */
    static final String UNKNOWN = "unknown";

    /** One of so many that each could not have series of its own. */
    static final String OTHER = "other";

    private static final String NONE = "";

    static Labels ofClient(AuthRequest request) {
        return ofClient(request.application().clientId().value());
    }

    static Labels ofClient(String clientId) {
        return new Labels(clientId, NONE);
    }

    /** Of the provider in the path, which is anybody's to write. */
    static Labels ofProvider(AuthRequest request) {
        return of(request, request.route().provider());
    }

    /** Only a provider that is offered counts. */
    static Labels of(AuthRequest request, Optional<String> given) {
        String provider = given.filter(alias -> request.application().providers().stream()
                        .map(Provider::alias)
                        .anyMatch(alias::equals))
                .orElse(UNKNOWN);
        return new Labels(request.application().clientId().value(), provider);
    }

    /** The same kind of event, of nobody in particular. */
    Labels anybody() {
        return new Labels(OTHER, hasProvider() ? OTHER : NONE);
    }

    boolean hasProvider() {
        return !provider.equals(NONE);
    }
}
