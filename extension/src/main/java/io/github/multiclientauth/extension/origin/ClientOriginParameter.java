package io.github.multiclientauth.extension.origin;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Reads the authorization request parameter {@code client_origin}.
 *
 * <p>Keycloak keeps unknown parameters as client notes, but only five of them, and drops the others silently. It also
 * removes control characters. So where the parameters are those of the query, the query itself is read. A request
 * object, pushed or not, is what the application vouches for. Then only Keycloak's note counts, and nothing that
 * somebody has added to the URL.
 */
final class ClientOriginParameter {

    private static final String NAME = "client_origin";
    private static final String NOTE = AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + NAME;
    private static final String AUTHORIZATION_ENDPOINT = "/protocol/openid-connect/auth";

    private ClientOriginParameter() {}

    /** Returns all values; none if the request has no such parameter. */
    static List<String> values(AuthenticationSessionModel authenticationSession, UriInfo request) {
        MultivaluedMap<String, String> query = request.getQueryParameters();
        if (isAuthorizationRequest(request) && query.containsKey(NAME) && !hasRequestObject(query)) {
            List<String> values = List.copyOf(query.get(NAME));
            // The flow may run again for this sign-in, at a URL without the parameter.
            authenticationSession.setClientNote(NOTE, values.get(0));
            return values;
        }
        return Optional.ofNullable(authenticationSession.getClientNote(NOTE)).stream()
                .toList();
    }

    private static boolean isAuthorizationRequest(UriInfo request) {
        return request.getPath().endsWith(AUTHORIZATION_ENDPOINT);
    }

    private static boolean hasRequestObject(MultivaluedMap<String, String> query) {
        return query.containsKey(OIDCLoginProtocol.REQUEST_PARAM)
                || query.containsKey(OIDCLoginProtocol.REQUEST_URI_PARAM);
    }
}
