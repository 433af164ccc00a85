package io.github.multiclientauth.facade.oidc;

import java.net.URI;
import java.util.List;
import java.util.function.BiConsumer;

/** Observes each request to Keycloak, on the thread that sends it and waits for the answer. */
@FunctionalInterface
public interface KeycloakWatch {

    /** Ignores every request. */
    KeycloakWatch NONE = (endpoint, method, address, headers) -> new Exchange() {
        @Override
        public void answered(int status) {
            // Nobody wants to know.
        }

        @Override
        public void failed(Exception failure) {
            // Nobody wants to know.
        }
    };

    /**
     * Called before the request is sent.
     *
     * @param headers accepts further headers for the request
     */
    Exchange begin(KeycloakEndpoint endpoint, String method, URI address, BiConsumer<String, String> headers);

    /** A request that was sent. Exactly one of the two methods is called. */
    interface Exchange {

        void answered(int status);

        /** There is no answer, or it exceeds a limit. */
        void failed(Exception failure);
    }

    /** Combines several watches. */
    static KeycloakWatch all(List<KeycloakWatch> watches) {
        return (endpoint, method, address, headers) -> {
            List<Exchange> exchanges = watches.stream()
                    .map(watch -> watch.begin(endpoint, method, address, headers))
                    .toList();
            return new Exchange() {
                @Override
                public void answered(int status) {
                    exchanges.forEach(exchange -> exchange.answered(status));
                }

                @Override
                public void failed(Exception failure) {
                    exchanges.forEach(exchange -> exchange.failed(failure));
                }
            };
        };
    }
}
