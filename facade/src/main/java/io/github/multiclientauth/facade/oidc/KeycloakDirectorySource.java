package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.directory.DirectorySource;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the extension's directory endpoint as the facade's own service account. Not thread-safe: one poll at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
 */
public final class KeycloakDirectorySource implements DirectorySource {

    /** In seconds. A token is not used in its last moments. */
    private static final long MARGIN = 20;

    /** In seconds. No access token is used for longer than a day, whatever Keycloak says. */
    private static final long LONGEST = 24L * 60 * 60;

    private final URI directory;
    private final ClientId clientId;
    private final Supplier<ClientAuthentication> authentication;
    private final Credentials credentials;
    private final ProviderMetadata provider;
    private final KeycloakRequests requests;
    private final Clock clock;
    private Token token;
    private Duration clockAhead;

    private record Token(AccessToken value, Instant until) {}

    /** The reason why there is no access token. */
    private static final class DeniedException extends Exception {

        private static final long serialVersionUID = 1L;

        DeniedException(String message) {
            super(message);
        }
    }

    /**
     * @param provider the metadata of the realm
     * @param directory the address of the endpoint
     * @param clientId the client of the service account, which holds {@code view-clients} and nothing else
     * @param authentication asked for each access token. A public client has no service account
     */
    public KeycloakDirectorySource(
            ProviderMetadata provider,
            URI directory,
            ClientId clientId,
            Supplier<ClientAuthentication> authentication,
            Credentials credentials,
            KeycloakRequests requests,
            Clock clock) {
        this.directory = directory;
        this.clientId = clientId;
        this.authentication = authentication;
        this.credentials = credentials;
        this.provider = provider;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public Fetched fetch(Optional<String> tag) {
        try {
            HTTPResponse response = ask(tag);
            if (response.getStatusCode() == HTTPResponse.SC_UNAUTHORIZED) {
                // Keycloak may have been restarted with other keys, or the account changed.
                token = null;
                response = ask(tag);
            }
            return fetched(response);
        } catch (DeniedException e) {
            return new Fetched.Failed(e.getMessage());
        } catch (IOException | ParseException | UnavailableException e) {
            return new Fetched.Failed("Keycloak cannot be reached (mca.issuer): " + UpstreamFailure.describe(e));
        }
    }

    /**
     * How far Keycloak's clock is ahead of ours, to about a second. Empty before the first token, or if the token does
     * not tell.
     */
    public Optional<Duration> clockAhead() {
        return Optional.ofNullable(clockAhead);
    }

    private HTTPResponse ask(Optional<String> tag) throws IOException, ParseException, DeniedException {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, directory);
        request.setAuthorization(accessToken().toAuthorizationHeader());
        request.setAccept("application/json");
        // Ten thousand applications are 7 MB of JSON, and a twentieth of that when compressed.
        request.setHeader("Accept-Encoding", "gzip");
        tag.ifPresent(value -> request.setHeader("If-None-Match", value));
        return requests.send(KeycloakEndpoint.DIRECTORY, request);
    }

    private Fetched fetched(HTTPResponse response) {
        return switch (response.getStatusCode()) {
            case 200 ->
                new Fetched.Document(
                        Optional.ofNullable(response.getBody()).orElse(""),
                        Optional.ofNullable(response.getHeaderValue("ETag")));
            case 304 -> new Fetched.Unchanged();
            case 403 ->
                new Fetched.Failed("the client " + clientId + " may not read the directory: give its"
                        + " service account the role view-clients of realm-management");
            case 404 ->
                new Fetched.Failed("there is no directory at " + directory + ": is the extension's JAR in Keycloak's"
                        + " providers folder, and mca.issuer the issuer of the realm?");
            default -> new Fetched.Failed(directory + " answered with status " + response.getStatusCode());
        };
    }

    private AccessToken accessToken() throws IOException, ParseException, DeniedException {
        if (token == null || !clock.instant().isBefore(token.until())) {
            token = newToken();
        }
        return token.value();
    }

    private Token newToken() throws IOException, ParseException, DeniedException {
        URI endpoint = provider.get().metadata().getTokenEndpointURI();
        HTTPRequest request = new TokenRequest.Builder(
                        endpoint,
                        credentials.of(clientId, authentication.get()).orElseThrow(),
                        new ClientCredentialsGrant())
                .build()
                .toHTTPRequest();
        Instant asked = clock.instant();
        HTTPResponse answer = requests.send(KeycloakEndpoint.TOKEN, request);
        TokenResponse response = Answers.read(() -> TokenResponse.parse(answer), "no token response");
        if (!response.indicatesSuccess()) {
            String error = response.toErrorResponse().getErrorObject().getCode();
            if (error == null || answer.getStatusCode() >= 500) {
                // An error of Keycloak or of a proxy before it. It says nothing about the secret.
                throw new DeniedException(endpoint + " answered with status " + answer.getStatusCode());
            }
            throw new DeniedException("Keycloak refuses the client " + clientId + " (" + error
                    + "): are mca.directory.client-id and mca.directory.client-secret right (or the key, mca.client-key.file), and Service accounts roles"
                    + " switched on?");
        }
        AccessToken value = response.toSuccessResponse().getTokens().getAccessToken();
        clockAhead =
                issuedAt(value).map(at -> Duration.between(clock.instant(), at)).orElse(null);
        return new Token(value, asked.plusSeconds(Math.min(Math.max(value.getLifetime() - MARGIN, 1), LONGEST)));
    }

    /**
     * The issue time of an access token. It only serves to compare clocks: the token is for Keycloak, and the facade
     * trusts nothing in it.
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
