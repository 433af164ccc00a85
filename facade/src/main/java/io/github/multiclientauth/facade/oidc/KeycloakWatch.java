package io.github.multiclientauth.facade.oidc;

import java.net.URI;
import java.util.List;
import java.util.function.BiConsumer;

/** Sees each request to Keycloak, on the thread that sends it and waits for the answer. */
@FunctionalInterface
public interface KeycloakWatch {

    /** Looks away. */
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
     * It is about to be sent.
     *
     * @param headers takes what is to be sent with it
     */
    Exchange begin(KeycloakEndpoint endpoint, String method, URI address, BiConsumer<String, String> headers);

    /** A request that was sent: one of the two is told. */
    interface Exchange {

        void answered(int status);

        /** There is no answer, or none of this kind. */
        void failed(Exception failure);
    }

    /** All of them see it. */
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
