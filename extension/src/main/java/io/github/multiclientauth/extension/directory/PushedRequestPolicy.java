package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.Registration;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * The realm's client policies, as far as they refuse authorization requests that were not pushed first. The profiles of
 * FAPI 2.0 do so ({@code secure-par-content}) and leave the client's own setting off.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9126">RFC 9126</a>
 */
final class PushedRequestPolicy {

    private PushedRequestPolicy() {}

    /** The client as it is for a facade: it demands pushed requests if its own setting or a policy does. */
    static Registration applied(KeycloakSession session, Registration client) {
        return client.enabled() && !client.isOn(Registration.PAR) && refusesPlainRequests(session, client)
                ? client.withAttribute(Registration.PAR, "true")
                : client;
    }

    /**
     * Asks Keycloak as its authorization endpoint does at the beginning of each request. Which policies apply to a
     * client is for their conditions to say. In a realm without policies this costs nothing.
     */
    private static boolean refusesPlainRequests(KeycloakSession session, Registration client) {
        MultivaluedMap<String, String> request = new MultivaluedHashMap<>();
        request.putSingle(OAuth2Constants.CLIENT_ID, client.clientId());
        client.redirectUris().stream()
                .findFirst()
                .ifPresent(uri -> request.putSingle(OAuth2Constants.REDIRECT_URI, uri));
        try {
            session.clientPolicy().triggerOnEvent(new PreAuthorizationRequestContext(client.clientId(), request));
            return false;
        } catch (ClientPolicyException refused) {
            // Whatever the reason: a request that is pushed is never worse.
            return true;
        } catch (RuntimeException broken) {
            // A policy that cannot be evaluated must not cost all applications their directory.
            return false;
        }
    }
}
