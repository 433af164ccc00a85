package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;

/** Sends all requests to Keycloak, each with its limits and in view of a watch. */
public final class KeycloakRequests {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** Keycloak's words. A proxy answers 404, too, while Keycloak is away. */
    private static final String NO_REALM = "Realm does not exist";

    private final LimitedClient client;
    private final KeycloakWatch watch;

    /** Makes requests that show no certificate. */
    public KeycloakRequests(
            Duration connect, Duration read, Optional<TrustedCertificates> trusted, KeycloakWatch watch) {
        this(connect, read, trusted, Optional.empty(), watch);
    }

    /**
     * @param connect time until a connection is there
     * @param read time from then on, until the last byte of the answer
     * @param trusted trusted certificate authorities; empty for those of the JDK
     * @param keys the facade's own, whose certificates are shown if Keycloak asks for one
     * @param watch sees each request
     */
    public KeycloakRequests(
            Duration connect,
            Duration read,
            Optional<TrustedCertificates> trusted,
            Optional<ClientKeys> keys,
            KeycloakWatch watch) {
        this.client = new LimitedClient(connect, read, trusted, keys);
        this.watch = watch;
    }

    /** Keycloak was reached, and it is another issuer or has no such realm. The message is a sentence for the operator. */
    static final class WrongIssuerException extends GeneralException {

        private static final long serialVersionUID = 1L;

        WrongIssuerException(String message) {
            super(message);
        }
    }

    /** @throws IOException if there is no answer, or the answer exceeds a limit */
    HTTPResponse send(KeycloakEndpoint endpoint, HTTPRequest request) throws IOException {
        KeycloakWatch.Exchange exchange =
                watch.begin(endpoint, request.getMethod().name(), request.getURI(), request::setHeader);
        try {
            HTTPResponse answer = client.send(endpoint, request);
            exchange.answered(answer.getStatusCode());
            return answer;
        } catch (IOException | RuntimeException e) {
            exchange.failed(e);
            throw e;
        }
    }

    /** @throws GeneralException if it is not the metadata of this issuer, or names endpoints that must not be used */
    OIDCProviderMetadata metadata(Issuer issuer) throws GeneralException, IOException {
        String address = OIDCProviderMetadata.resolveURL(issuer).toString();
        HTTPResponse answer = get(KeycloakEndpoint.METADATA, address);
        if (answer.getStatusCode() == NOT_FOUND
                && String.valueOf(answer.getBody()).contains(NO_REALM)) {
            throw new WrongIssuerException("mca.issuer names no realm of this Keycloak: " + address
                    + " answered with status " + NOT_FOUND + ", \"" + NO_REALM + "\"");
        }
        String body = body(answer, address);
        OIDCProviderMetadata metadata = Answers.read(
                body,
                () -> OIDCProviderMetadata.parse(body),
                address + " answered with no metadata of an OpenID provider");
        if (!metadata.getIssuer().equals(issuer)) {
            throw new WrongIssuerException("mca.issuer is not the name of this Keycloak: Keycloak calls itself "
                    + metadata.getIssuer() + ", not " + issuer);
        }
        UsableEndpoints.require(issuer, metadata);
        return metadata;
    }

    /** @param address the address of the realm's key set */
    JWKSet keys(URI address) throws IOException {
        try {
            return TrustworthyKeys.of(
                    JWKSet.parse(body(get(KeycloakEndpoint.KEYS, address.toString()), address.toString())));
        } catch (ParseException | RuntimeException e) {
            // Without the message, which may quote the answer.
            throw new IOException("the answer is no JWK Set");
        }
    }

    private HTTPResponse get(KeycloakEndpoint endpoint, String address) throws IOException {
        return send(endpoint, new HTTPRequest(HTTPRequest.Method.GET, URI.create(address)));
    }

    /** @throws IOException if the status is not 200, or there is no body */
    private static String body(HTTPResponse answer, String address) throws IOException {
        if (answer.getStatusCode() != OK || answer.getBody() == null) {
            throw new IOException(address + " answered with status " + answer.getStatusCode());
        }
        return answer.getBody();
    }
}
