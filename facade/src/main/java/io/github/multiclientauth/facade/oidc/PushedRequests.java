package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import io.github.multiclientauth.facade.client.Application;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Sends whole authorization requests to Keycloak directly.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9126#section-2">RFC 9126, section 2</a>
 */
final class PushedRequests {

    private final ProviderMetadata provider;
    private final Credentials credentials;
    private final TokenBinding binding;

    /** @param binding proves possession of a key if the server demands that here, too, which Keycloak never does */
    PushedRequests(ProviderMetadata provider, Credentials credentials, TokenBinding binding) {
        this.provider = provider;
        this.credentials = credentials;
        this.binding = binding;
    }

    /** Empty if Keycloak takes no pushed requests. */
    Optional<URI> endpoint() {
        return Optional.ofNullable(provider.get().metadata().getPushedAuthorizationRequestEndpointURI());
    }

    PushedAuthorizationResponse push(Application application, AuthenticationRequest request)
            throws IOException, ParseException {
        URI endpoint = endpoint()
                .orElseThrow(
                        () -> new IOException("the issuer's metadata names no pushed_authorization_request_endpoint"));
        HTTPResponse answer = binding.sendOnDemand(
                KeycloakEndpoint.PUSHED_REQUEST,
                () -> credentials
                        .of(application.clientId(), application.authentication())
                        .map(given -> new PushedAuthorizationRequest(endpoint, given, request))
                        .orElseGet(() -> new PushedAuthorizationRequest(endpoint, request))
                        .toHTTPRequest());
        return Answers.read(
                answer.getBody(),
                () -> PushedAuthorizationResponse.parse(answer),
                "the answer to the pushed request is none");
    }
}
