package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.oidc.IdTokens.InvalidIdTokenException;
import io.github.multiclientauth.facade.oidc.LogoutTokens.InvalidLogoutTokenException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Keycloak, accessed with Nimbus' OAuth 2.0 SDK. */
public final class NimbusAuthorizationServer implements AuthorizationServer {

    /** The error codes for a wrong client secret: Keycloak's own, and that of RFC 6749, section 5.2. */
    private static final Set<String> CLIENT_REFUSED = Set.of("unauthorized_client", "invalid_client");

    private static final String CHECK_THE_CLIENT =
            ": Keycloak does not take what the facade authenticates this client with; is the secret that the facade has the"
                    + " one of the client's Credentials tab, or is the facade's key in its Keys tab?";

    /** Keycloak's words if a client's tokens are bound to a TLS certificate, as in the profile FAPI 2.0 without DPoP. */
    private static final String CERTIFICATE_MISSING = "Client Certification missing for MTLS HoK Token Binding";

    private static final String CHECK_THE_CERTIFICATE =
            ": Keycloak has not seen the certificate of the facade's key; does Keycloak ask for one (https-client-auth=request),"
                    + " and does it trust that of the command \"client-key certificate\"?";

    private final Issuer issuer;
    private final ProviderMetadata provider;
    private final ExpectedAlgorithms algorithms;
    private final IdTokens idTokens;
    private final LogoutTokens logoutTokens;
    private final Credentials credentials;
    private final TokenBinding binding;
    private final PushedRequests pushedRequests;
    private final KeycloakRequests requests;
    private final Clock clock;

    /**
     * @param issuer the realm, such as {@code https://id.example.com/realms/example}
     * @param provider the metadata of that issuer
     * @param directory names the algorithms of the clients' tokens
     */
    public NimbusAuthorizationServer(
            URI issuer,
            ProviderMetadata provider,
            Credentials credentials,
            ClientDirectory directory,
            KeycloakRequests requests,
            Clock clock) {
        this.algorithms = new ExpectedAlgorithms(directory, System::nanoTime);
        this.credentials = credentials;
        this.issuer = new Issuer(issuer);
        this.provider = provider;
        this.idTokens = new IdTokens(this.issuer, clock);
        this.logoutTokens = new LogoutTokens(this.issuer, clock);
        this.binding = new TokenBinding(requests, clock);
        this.pushedRequests = new PushedRequests(provider, credentials, binding);
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public URI authorizationUrl(Application application, AuthorizationRequest request) {
        AuthenticationRequest complete =
                authenticationRequest(provider.get().metadata().getAuthorizationEndpointURI(), application, request);
        return application.demands().pushedRequests() ? pushed(application, complete) : complete.toURI();
    }

    /** @param endpoint of Keycloak, for authorization requests */
    static AuthenticationRequest authenticationRequest(
            URI endpoint, Application application, AuthorizationRequest request) {
        var builder = new AuthenticationRequest.Builder(
                        ResponseType.CODE, scope(application), clientId(application), URI.create(request.redirectUri()))
                .endpointURI(endpoint)
                .state(new State(request.state()))
                .nonce(new Nonce(request.nonce()))
                .customParameter("code_challenge", request.codeChallenge())
                .customParameter("code_challenge_method", CodeChallengeMethod.S256.getValue())
                .customParameter("client_origin", request.clientOrigin());
        request.hint().ifPresent(hint -> builder.customParameter("kc_idp_hint", hint));
        request.passedOn().forEach(builder::customParameter);
        return builder.build();
    }

    /** Keycloak refuses a request for a scope that the client does not have. */
    private static Scope scope(Application application) {
        Scope scope = new Scope("openid");
        application.demands().scopes().stream()
                .sorted(Comparator.reverseOrder())
                .forEach(scope::add);
        return scope;
    }

    /**
     * Sends the whole request to Keycloak directly. The browser carries only a reference.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9126#section-2">RFC 9126, section 2</a>
     */
    private URI pushed(Application application, AuthenticationRequest request) {
        try {
            PushedAuthorizationResponse response = pushedRequests.push(application, request);
            if (!response.indicatesSuccess()) {
                throw new IOException("Keycloak refused the pushed request: "
                        + code(response.toErrorResponse().getErrorObject()));
            }
            return new AuthenticationRequest.Builder(
                            response.toSuccessResponse().getRequestURI(), clientId(application))
                    .endpointURI(request.getEndpointURI())
                    .build()
                    .toURI();
        } catch (IOException | ParseException e) {
            throw new UnavailableException(
                    "The authorization request could not be pushed to Keycloak: " + UpstreamFailure.describe(e), e);
        }
    }

    @Override
    public Redemption redeem(Application application, AuthorizationCode code, Optional<String> responseIssuer) {
        if (code.value().isBlank()) {
            return new Redemption.Refused("the code is blank");
        }
        try {
            Optional<Redemption.Refused> problem = issuerProblem(responseIssuer);
            if (problem.isPresent()) {
                return problem.get();
            }
            var grant = new AuthorizationCodeGrant(
                    new com.nimbusds.oauth2.sdk.AuthorizationCode(code.value()),
                    URI.create(code.redirectUri()),
                    new CodeVerifier(code.codeVerifier().reveal()));
            return redeem(application, grant, new Nonce(code.nonce().reveal()));
        } catch (InvalidIdTokenException e) {
            return new Redemption.Refused(e.isClockSkew() ? Why.CLOCK_SKEW : Why.OTHER, e.getMessage());
        } catch (UnavailableException e) {
            return refused(e);
        } catch (IOException e) {
            return new Redemption.Refused(Why.UNAVAILABLE, UpstreamFailure.describe(e));
        } catch (ParseException e) {
            return new Redemption.Refused(UpstreamFailure.describe(e));
        }
    }

    private static Redemption.Refused refused(UnavailableException e) {
        return new Redemption.Refused(e.wrongIssuer() ? Why.WRONG_ISSUER : Why.UNAVAILABLE, e.getMessage());
    }

    @Override
    public LogoutNotice logoutNotice(String token, Predicate<ClientId> known) {
        try {
            ClientId audience = LogoutTokens.audience(token);
            if (!known.test(audience)) {
                return new LogoutNotice.Forged("it is for " + audience + ", which is none of the applications");
            }
            return new LogoutNotice.Genuine(logoutTokens.validate(
                    token,
                    audience,
                    parsed -> algorithms.ofLogoutToken(audience, parsed),
                    provider.get().keys().forStrangers()));
        } catch (InvalidLogoutTokenException e) {
            return new LogoutNotice.Forged(e.getMessage());
        } catch (UnavailableException e) {
            return new LogoutNotice.Unverifiable(UpstreamFailure.describe(e));
        }
    }

    private Redemption redeem(Application application, AuthorizationGrant grant, Nonce nonce)
            throws IOException, ParseException, InvalidIdTokenException {
        Supplier<HTTPRequest> request = () -> tokenRequest(application, grant);
        HTTPResponse answer = application.demands().boundTokens()
                ? binding.send(KeycloakEndpoint.TOKEN, request)
                : requests.send(KeycloakEndpoint.TOKEN, request.get());
        TokenResponse response =
                Answers.read(answer.getBody(), () -> OIDCTokenResponseParser.parse(answer), "no token response");
        if (!response.indicatesSuccess()) {
            return refused(response.toErrorResponse().getErrorObject());
        }
        return new Redemption.Redeemed(identity(application, (OIDCTokenResponse) response.toSuccessResponse(), nonce));
    }

    private static Redemption refused(ErrorObject given) {
        Optional<String> skew = ClientRefusal.clockSkew(given);
        if (skew.isPresent()) {
            return new Redemption.Refused(Why.CLOCK_SKEW, skew.get());
        }
        String error = code(given);
        if (CLIENT_REFUSED.contains(error)) {
            return new Redemption.Refused(Why.CLIENT_REFUSED, ClientRefusal.words(given) + CHECK_THE_CLIENT);
        }
        if (CERTIFICATE_MISSING.equals(given.getDescription())) {
            return new Redemption.Refused(Why.CLIENT_REFUSED, ClientRefusal.words(given) + CHECK_THE_CERTIFICATE);
        }
        return new Redemption.Refused(error.equals("invalid_grant") ? Why.CODE_REFUSED : Why.OTHER, error);
    }

    private HTTPRequest tokenRequest(Application application, AuthorizationGrant grant) {
        URI endpoint = provider.get().metadata().getTokenEndpointURI();
        return proof(application)
                .map(given -> new TokenRequest.Builder(endpoint, given, grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, clientId(application), grant))
                .build()
                .toHTTPRequest();
    }

    /** The other tokens are not used: sessions are confirmed by {@link SessionKeeper}. */
    private Identity identity(Application application, OIDCTokenResponse response, Nonce nonce)
            throws InvalidIdTokenException {
        JWT idToken = response.getOIDCTokens().getIDToken();
        if (idToken == null) {
            throw new InvalidIdTokenException("Token response without ID token");
        }
        return idTokens.validate(
                idToken,
                application.clientId(),
                algorithms.ofIdToken(application, idToken),
                nonce,
                provider.get().keys().forOurs());
    }

    @Override
    public Optional<Redemption.Refused> issuerProblem(Optional<String> responseIssuer) {
        try {
            boolean announced = provider.get().metadata().supportsAuthorizationResponseIssuerParam();
            return (responseIssuer.isEmpty() ? announced : !responseIssuer.get().equals(issuer.getValue()))
                    ? Optional.of(new Redemption.Refused(
                            Why.FOREIGN_ANSWER, "Authorization response with a wrong or missing iss"))
                    : Optional.empty();
        } catch (UnavailableException e) {
            return Optional.of(refused(e));
        }
    }

    private static String code(ErrorObject error) {
        boolean none =
                error == null || error.getCode() == null || error.getCode().isBlank();
        return none ? "an error without a code" : error.getCode();
    }

    static ClientID clientId(Application application) {
        return new ClientID(application.clientId().value());
    }

    private Optional<com.nimbusds.oauth2.sdk.auth.ClientAuthentication> proof(Application application) {
        return credentials.of(application.clientId(), application.authentication());
    }
}
