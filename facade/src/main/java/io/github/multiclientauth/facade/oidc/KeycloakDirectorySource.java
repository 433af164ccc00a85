package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.multiclientauth.facade.directory.DirectorySource;
import io.github.multiclientauth.facade.oidc.FacadeAccount.NoAnswerException;
import java.net.URI;
import java.util.Optional;

/** Reads the extension's directory endpoint as the facade's own service account. */
public final class KeycloakDirectorySource implements DirectorySource {

    private final FacadeAccount account;
    private final URI directory;

    /**
     * @param account holds the role {@code view-clients}
     * @param directory the address of the endpoint
     */
    public KeycloakDirectorySource(FacadeAccount account, URI directory) {
        this.account = account;
        this.directory = directory;
    }

    @Override
    public Fetched fetch(Optional<String> tag) {
        try {
            return fetched(
                    account.send(KeycloakEndpoint.DIRECTORY, () -> request(tag)).response());
        } catch (NoAnswerException e) {
            return new Fetched.Failed(e.getMessage());
        }
    }

    private HTTPRequest request(Optional<String> tag) {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, directory);
        request.setAccept("application/json");
        // Ten thousand applications are 7 MB of JSON, and a twentieth of that when compressed.
        request.setHeader("Accept-Encoding", "gzip");
        tag.ifPresent(value -> request.setHeader("If-None-Match", value));
        return request;
    }

    private Fetched fetched(HTTPResponse response) {
        return switch (response.getStatusCode()) {
            case 200 ->
                new Fetched.Document(
                        Optional.ofNullable(response.getBody()).orElse(""),
                        Optional.ofNullable(response.getHeaderValue("ETag")));
            case 304 -> new Fetched.Unchanged();
            case 403 ->
                new Fetched.Failed("the client " + account.clientId() + " may not read the directory: give its"
                        + " service account the role view-clients of realm-management");
            case 404 ->
                new Fetched.Failed("there is no directory at " + directory + ": is the extension's JAR in Keycloak's"
                        + " providers folder, and mca.issuer the issuer of the realm?");
            default -> new Fetched.Failed(directory + " answered with status " + response.getStatusCode());
        };
    }
}
