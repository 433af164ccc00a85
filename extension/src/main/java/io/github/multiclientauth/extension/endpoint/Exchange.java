package io.github.multiclientauth.extension.endpoint;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;

/**
 * One request to an endpoint: whether the account may ask, and the answers that all endpoints give alike.
 *
 * @param session of the request
 */
public record Exchange(KeycloakSession session) {

    /**
     * Answers an account that has the role.
     *
     * @return otherwise 401 without a valid access token of the realm, and 403 without the role
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
     */
    public Response ifPermitted(NeededRole role, Supplier<Response> answer) {
        return switch (Permission.of(session, role)) {
            case UNKNOWN -> refusal(Response.Status.UNAUTHORIZED, hasToken() ? " error=\"invalid_token\"" : "");
            case DENIED -> refusal(Response.Status.FORBIDDEN, " error=\"insufficient_scope\"");
            case GRANTED -> answer.get();
        };
    }

    private Response refusal(Response.Status status, String reason) {
        return uncached(empty(status).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer" + reason));
    }

    private boolean hasToken() {
        return !header(HttpHeaders.AUTHORIZATION).isEmpty();
    }

    /** Answers 503, since this server is busy. */
    public Response tryAgainAfter(Duration pause) {
        return uncached(empty(Response.Status.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, pause.toSeconds()));
    }

    /** Completes an answer that must not be kept. */
    public Response uncached(Response.ResponseBuilder response) {
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION)
                .build();
    }

    /**
     * An answer without a body. Keycloak replaces an answer that has neither a body nor a media type by a server error,
     * except for some statuses. 503 is not among them, and 304 only in later versions than 26.0.
     */
    public Response.ResponseBuilder empty(Response.Status status) {
        session.getProvider(SecurityHeadersProvider.class).options().allowEmptyContentType();
        return Response.status(status);
    }

    /** Each line of a header of the request. */
    public List<String> header(String name) {
        return Optional.ofNullable(
                        session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(name))
                .orElse(List.of());
    }
}
