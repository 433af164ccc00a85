package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.AuthorizationRequest;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tries, without a browser, whether Keycloak takes the request of a sign-in: it pushes the request (PAR). Keycloak
 * authenticates the client and checks the request, and forgets it after a minute. No session begins.
 */
public final class SignInTrial {

    /** The example of RFC 7636, appendix B. Nobody redeems a code of this request. */
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final String TRIAL = "doctor";

    private final ProviderMetadata provider;
    private final PushedRequests pushedRequests;

    /**
     * A refusal of Keycloak.
     *
     * @param authentication whether Keycloak refuses what the facade authenticates the client with. Otherwise it refuses
     *     the request
     * @param reason in one line
     */
    public record Refused(boolean authentication, String reason) {}

    public SignInTrial(ProviderMetadata provider, Credentials credentials, KeycloakRequests requests, Clock clock) {
        this.provider = provider;
        this.pushedRequests = new PushedRequests(provider, credentials, new TokenBinding(requests, clock));
    }

    /**
     * Tries a sign-in with the first of the application's providers at each of its origins, and at the facade's own.
     *
     * @return empty if Keycloak takes the request at one of them, or if that cannot be known: it does not answer, or
     *     takes no pushed requests
     */
    public Optional<Refused> refusal(Application application, CentralOrigins central) {
        List<Origin> places = Stream.concat(application.origins().stream(), central.origins().stream())
                .sorted(Comparator.comparing(Origin::toString))
                .toList();
        Optional<Refused> refused = Optional.empty();
        for (Origin at : places) {
            refused = refusal(application, at);
            // The client authenticates in the same way everywhere.
            if (refused.isEmpty() || refused.get().authentication()) {
                return refused;
            }
        }
        return refused;
    }

    private Optional<Refused> refusal(Application application, Origin at) {
        try {
            if (pushedRequests.endpoint().isEmpty()) {
                return Optional.empty();
            }
            PushedAuthorizationResponse response = pushedRequests.push(
                    application,
                    NimbusAuthorizationServer.authenticationRequest(
                            provider.get().metadata().getAuthorizationEndpointURI(),
                            application,
                            request(application, at)));
            return response.indicatesSuccess()
                    ? Optional.empty()
                    : Optional.of(refused(response.toErrorResponse().getErrorObject()));
        } catch (IOException | ParseException | UnavailableException e) {
            return Optional.empty();
        }
    }

    private static AuthorizationRequest request(Application application, Origin at) {
        String origin = application.origins().contains(at)
                ? at.toString()
                : application.origins().iterator().next().toString();
        Optional<Provider> first = application.providers().stream().findFirst();
        return new AuthorizationRequest(
                at + "/api/auth/callback/" + first.map(Provider::alias).orElse("keycloak"),
                origin,
                TRIAL,
                TRIAL,
                CHALLENGE,
                Optional.empty(),
                Map.of());
    }

    private static Refused refused(ErrorObject error) {
        return new Refused(error.getHTTPStatusCode() == HTTPResponse.SC_UNAUTHORIZED, ClientRefusal.words(error));
    }
}
