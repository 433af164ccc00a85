package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The facade's own service account. It reads the directory and asks about sessions. Thread-safe: all requests share one
 * access token, and one request at a time gets a new one while the others wait for it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
 */
public final class FacadeAccount {

    /** In seconds. A token is not used in its last moments. */
    private static final long MARGIN = 20;

    /** In seconds. No access token is used for longer than a day, whatever Keycloak says. */
    private static final long LONGEST = 24L * 60 * 60;

    /** Keycloak's words, whose case depends on its version. */
    private static final String WRONG_ALGORITHM = "invalid signature algorithm";

    /** The algorithm that profiles of client policies set where none was chosen. */
    private static final Optional<String> SET_BY_POLICIES = Optional.of("PS256");

    private final ProviderMetadata provider;
    private final ClientId clientId;
    private final Supplier<ClientAuthentication> authentication;
    private final Credentials credentials;
    private final KeycloakRequests requests;
    private final KeycloakClock clock;
    private final LongSupplier nanoTime;
    /** A client policy for all clients may bind this account's tokens, too. Keycloak says so when it is asked for one. */
    private final TokenBinding binding;

    private final TokenBinding bindingAtExtension;
    /** Held while a new access token is requested. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Unlike that of an application, the account's is in no directory that could be read before. Empty for the key's. */
    private volatile Optional<String> algorithm = Optional.empty();

    private volatile Token token;
    private volatile Optional<Duration> clockAhead = Optional.empty();
    private Failure failure;

    /** @param until by the clock of this machine, as the token's lifetime is counted from when it was requested */
    private record Token(AccessToken value, Instant until) {}

    /** @param at by {@link System#nanoTime} */
    private record Failure(String reason, long at) {}

    /**
     * An answer of Keycloak, whatever its status.
     *
     * @param arrived when it was complete, by the clock of this machine
     * @param roundTrip from the request to the complete answer
     */
    record Answer(HTTPResponse response, Instant arrived, Duration roundTrip) {

        int status() {
            return response.getStatusCode();
        }
    }

    /** There is no answer, or no access token to ask with. The message is for the operator, without a secret. */
    static final class NoAnswerException extends Exception {

        private static final long serialVersionUID = 1L;

        NoAnswerException(String message) {
            super(message);
        }

        /** The exception if Keycloak has not answered, or with something else than an answer. */
        static NoAnswerException unreachable(Exception cause) {
            return new NoAnswerException(
                    cause instanceof UnavailableException
                            // That of the metadata says already whether Keycloak was reached.
                            ? cause.getMessage()
                            : "Keycloak cannot be reached (mca.issuer): " + UpstreamFailure.describe(cause));
        }
    }

    /**
     * @param provider the metadata of the realm
     * @param clientId the client of the service account
     * @param authentication asked for each access token. A public client has no service account
     * @param clock learns from access tokens
     */
    public FacadeAccount(
            ProviderMetadata provider,
            ClientId clientId,
            Supplier<ClientAuthentication> authentication,
            Credentials credentials,
            KeycloakRequests requests,
            KeycloakClock clock) {
        this(provider, clientId, authentication, credentials, requests, clock, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    FacadeAccount(
            ProviderMetadata provider,
            ClientId clientId,
            Supplier<ClientAuthentication> authentication,
            Credentials credentials,
            KeycloakRequests requests,
            KeycloakClock clock,
            LongSupplier nanoTime) {
        this.provider = provider;
        this.clientId = clientId;
        this.authentication = authentication;
        this.credentials = credentials;
        this.requests = requests;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.binding = new TokenBinding(requests, clock);
        this.bindingAtExtension = new TokenBinding(requests, clock);
    }

    ClientId clientId() {
        return clientId;
    }

    /**
     * How far Keycloak's clock is ahead of the clock of this machine, to about a second. Empty before the first token,
     * or if the token does not tell.
     */
    public Optional<Duration> clockAhead() {
        return clockAhead;
    }

    /**
     * Sends a request with the account's access token. If Keycloak refuses the token (401), it sends the request once
     * more with a new one.
     *
     * @param request creates the request, each time anew
     */
    Answer send(KeycloakEndpoint endpoint, Supplier<HTTPRequest> request) throws NoAnswerException {
        Token first = token(null);
        Answer answer = send(endpoint, request, first);
        if (answer.status() != HTTPResponse.SC_UNAUTHORIZED) {
            return answer;
        }
        // Keycloak may have been restarted with other keys, or the account changed.
        return send(endpoint, request, token(first));
    }

    private Answer send(KeycloakEndpoint endpoint, Supplier<HTTPRequest> request, Token with) throws NoAnswerException {
        AccessToken token = with.value();
        Supplier<HTTPRequest> authorized = () -> {
            HTTPRequest each = request.get();
            each.setAuthorization(token.toAuthorizationHeader());
            return each;
        };
        try {
            return timed(() -> token.getType().equals(AccessTokenType.DPOP)
                    ? bindingAtExtension.send(endpoint, authorized, token)
                    : requests.send(endpoint, authorized.get()));
        } catch (IOException e) {
            throw NoAnswerException.unreachable(e);
        }
    }

    /** Sends a request and returns its answer. */
    private interface Exchange {
        HTTPResponse answer() throws IOException;
    }

    private Answer timed(Exchange exchange) throws IOException {
        long sent = nanoTime.getAsLong();
        HTTPResponse response = exchange.answer();
        return new Answer(response, clock.machine().instant(), Duration.ofNanos(nanoTime.getAsLong() - sent));
    }

    /** @param refused a token that Keycloak has just refused; null if there is none */
    private Token token(Token refused) throws NoAnswerException {
        long asked = nanoTime.getAsLong();
        Token known = token;
        if (isUsable(known, refused)) {
            return known;
        }
        lock.lock();
        try {
            if (isUsable(token, refused)) {
                return token;
            }
            if (failure != null && failure.at() - asked > 0) {
                // Callers that waited for a failed attempt share its failure instead of each trying again.
                throw new NoAnswerException(failure.reason());
            }
            token = newToken();
            return token;
        } catch (NoAnswerException e) {
            failure = new Failure(e.getMessage(), nanoTime.getAsLong());
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private boolean isUsable(Token known, Token refused) {
        return known != null && known != refused && clock.machine().instant().isBefore(known.until());
    }

    private Token newToken() throws NoAnswerException {
        try {
            return requested();
        } catch (IOException | ParseException | UnavailableException e) {
            throw NoAnswerException.unreachable(e);
        }
    }

    private Token requested() throws IOException, ParseException, NoAnswerException {
        URI endpoint = provider.get().metadata().getTokenEndpointURI();
        ClientAuthentication method = authentication.get();
        Instant asked = clock.machine().instant();
        Answer answer = tokenAnswer(endpoint, method);
        if (isAnotherAlgorithmWanted(method, answer)) {
            algorithm = algorithm.isEmpty() ? SET_BY_POLICIES : Optional.empty();
            answer = tokenAnswer(endpoint, method);
        }
        HTTPResponse given = answer.response();
        TokenResponse response = Answers.read(given.getBody(), () -> TokenResponse.parse(given), "no token response");
        if (!response.indicatesSuccess()) {
            throw refused(
                    endpoint,
                    method,
                    answer.status(),
                    response.toErrorResponse().getErrorObject());
        }
        AccessToken value = response.toSuccessResponse().getTokens().getAccessToken();
        Optional<Instant> issuedAt = issuedAt(value);
        Instant arrived = answer.arrived();
        Duration roundTrip = answer.roundTrip();
        clockAhead = issuedAt.map(at -> Duration.between(arrived, at));
        issuedAt.ifPresent(at -> clock.learnFromToken(at, arrived, roundTrip));
        return new Token(value, asked.plusSeconds(Math.min(Math.max(value.getLifetime() - MARGIN, 1), LONGEST)));
    }

    private Answer tokenAnswer(URI endpoint, ClientAuthentication method) throws IOException {
        ClientAuthentication used = method.match(
                known -> method, signed -> new ClientAuthentication.PrivateKeyJwt(algorithm), none -> method);
        Supplier<HTTPRequest> request = () -> new TokenRequest.Builder(
                        endpoint, credentials.of(clientId, used).orElseThrow(), new ClientCredentialsGrant())
                .build()
                .toHTTPRequest();
        return timed(() -> binding.sendOnDemand(KeycloakEndpoint.TOKEN, request));
    }

    private static boolean isAnotherAlgorithmWanted(ClientAuthentication method, Answer answer) {
        if (answer.status() == HTTPResponse.SC_OK || !method.match(known -> false, signed -> true, none -> false)) {
            return false;
        }
        String description = ErrorObject.parse(answer.response()).getDescription();
        return description != null && description.toLowerCase(Locale.ROOT).contains(WRONG_ALGORITHM);
    }

    private NoAnswerException refused(URI endpoint, ClientAuthentication method, int status, ErrorObject error) {
        if (error.getCode() == null || status >= 500) {
            // An error of Keycloak or of a proxy before it. It says nothing about the secret.
            return new NoAnswerException(endpoint + " answered with status " + status);
        }
        return new NoAnswerException(ClientRefusal.clockSkew(error)
                .orElseGet(() -> "Keycloak refuses the client " + clientId + " (" + ClientRefusal.words(error) + "): "
                        + method.match(
                                known ->
                                        "are mca.directory.client-id and mca.directory.client-secret right, and Service"
                                                + " accounts roles switched on?",
                                signed ->
                                        "does it expect a Signed JWT, does Keycloak reach and trust the address in its"
                                                + " Keys tab (JWKS URL), and are Service accounts roles switched on?",
                                none -> "are Service accounts roles switched on?")));
    }

    /**
     * The issue time of an access token. It only serves to compare clocks: the token is for Keycloak, and the facade
     * trusts nothing else in it.
     */
    private static Optional<Instant> issuedAt(AccessToken token) {
        try {
            return Optional.ofNullable(JWTParser.parse(token.getValue()).getJWTClaimsSet())
                    .map(claims -> claims.getIssueTime())
                    .map(Date::toInstant);
        } catch (java.text.ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
