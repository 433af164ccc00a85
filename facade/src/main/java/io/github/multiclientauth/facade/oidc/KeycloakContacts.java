package io.github.multiclientauth.facade.oidc;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * When Keycloak last answered at each of its endpoints, and why a request last failed. Only requests to Keycloak write
 * here, never a request that is answered from memory.
 */
public final class KeycloakContacts implements KeycloakWatch {

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final Map<KeycloakEndpoint, Last> contacts = new EnumMap<>(KeycloakEndpoint.class);
    private final Clock clock;

    /**
     * The contact with one endpoint since the start of the facade.
     *
     * @param succeededAt empty if no request has succeeded
     * @param failure the last one; empty if no request has failed
     */
    public record Contact(Optional<Instant> succeededAt, Optional<Failure> failure) {

        /** Whether the last request failed. */
        public boolean isFailing() {
            return failure.filter(last -> succeededAt.isEmpty() || last.at().isAfter(succeededAt.get()))
                    .isPresent();
        }
    }

    /** @param reason for the operator, without a secret */
    public record Failure(Instant at, String reason) {}

    private static final class Last {
        private volatile Instant succeededAt;
        private volatile Failure failure;
    }

    public KeycloakContacts(Clock clock) {
        this.clock = clock;
        for (KeycloakEndpoint endpoint : KeycloakEndpoint.values()) {
            contacts.put(endpoint, new Last());
        }
    }

    public Contact of(KeycloakEndpoint endpoint) {
        Last last = contacts.get(endpoint);
        return new Contact(Optional.ofNullable(last.succeededAt), Optional.ofNullable(last.failure));
    }

    @Override
    public Exchange begin(KeycloakEndpoint endpoint, String method, URI address, BiConsumer<String, String> headers) {
        Last last = contacts.get(endpoint);
        return new Exchange() {
            @Override
            public void answered(int status) {
                if (isFailure(endpoint, status)) {
                    last.failure = new Failure(clock.instant(), "status " + status);
                } else {
                    last.succeededAt = clock.instant();
                }
            }

            @Override
            public void failed(Exception failure) {
                last.failure = new Failure(clock.instant(), UpstreamFailure.describeAny(failure));
            }
        };
    }

    /**
     * Whether the status means a problem between the facade and Keycloak. Where requests are about a user, Keycloak
     * refuses an old code or an ended session with 4xx, which says that it works.
     */
    private static boolean isFailure(KeycloakEndpoint endpoint, int status) {
        return switch (endpoint) {
            case TOKEN, PUSHED_REQUEST, ACCESS_TOKEN -> status >= SERVER_ERROR;
            case METADATA, KEYS, DIRECTORY, SESSIONS, CHANGES -> status >= CLIENT_ERROR;
        };
    }
}
