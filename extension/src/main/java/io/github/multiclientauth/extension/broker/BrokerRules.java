package io.github.multiclientauth.extension.broker;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Which identity providers an application may use. Asked before a person is sent to a provider, and again when one comes
 * back, before a user or a link is made; only for clients that have opted in.
 */
public interface BrokerRules {

    /** Every application may use every provider. */
    BrokerRules ALLOW_ALL = (session, client, provider) -> true;

    /**
     * Whether people may sign in at this client with this provider.
     *
     * @param provider alias of the identity provider; that of the shared one ({@code facebook}) where the client's own
     *     ({@code facebook-portfolio}) has taken over
     */
    boolean allows(KeycloakSession session, ClientModel client, String provider);
}
