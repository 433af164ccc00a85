package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The one way to Keycloak: each request has its time-outs, and is seen.
 *
 * @param watch sees each request
 */
public record KeycloakRequests(UpstreamTimeouts timeouts, KeycloakWatch watch) {

    private static final int OK = 200;

    HTTPResponse send(KeycloakEndpoint endpoint, HTTPRequest request) throws IOException {
        return seen(begin(endpoint, request), () -> timeouts.send(request), HTTPResponse::getStatusCode);
    }

    /** The same for an answer that may be large. */
    PackedAnswer sendForPacked(KeycloakEndpoint endpoint, HTTPRequest request) throws IOException {
        return seen(begin(endpoint, request), () -> timeouts.sendForPacked(request), PackedAnswer::status);
    }

    OIDCProviderMetadata metadata(Issuer issuer) throws GeneralException, IOException {
        OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(read(
                KeycloakEndpoint.METADATA,
                OIDCProviderMetadata.resolveURL(issuer).toString()));
        if (!metadata.getIssuer().equals(issuer)) {
            throw new GeneralException("The metadata are of another issuer: " + metadata.getIssuer());
        }
        return metadata;
    }

    /** @throws IOException also if the answer is none of success, with its status */
    String read(KeycloakEndpoint endpoint, String address) throws IOException {
        HTTPResponse answer = send(endpoint, new HTTPRequest(HTTPRequest.Method.GET, URI.create(address)));
        if (answer.getStatusCode() != OK || answer.getBody() == null) {
            throw new IOException(address + " answered with status " + answer.getStatusCode());
        }
        return answer.getBody();
    }

    /** Reads key sets; anew each time, since the headers of a retriever are those of all its requests. */
    ResourceRetriever keys(int maxBytes) {
        return url -> {
            Map<String, List<String>> headers = new HashMap<>();
            KeycloakWatch.Exchange exchange = watch.begin(
                    KeycloakEndpoint.KEYS,
                    "GET",
                    URI.create(url.toString()),
                    (name, value) -> headers.put(name, List.of(value)));
            var retriever = new DefaultResourceRetriever(timeouts.connectMillis(), timeouts.readMillis(), maxBytes);
            retriever.setHeaders(headers);
            return seen(exchange, () -> retriever.retrieveResource(url), resource -> OK);
        };
    }

    private KeycloakWatch.Exchange begin(KeycloakEndpoint endpoint, HTTPRequest request) {
        return watch.begin(endpoint, request.getMethod().name(), request.getURI(), request::setHeader);
    }

    @FunctionalInterface
    private interface Sending<T> {
        T send() throws IOException;
    }

    private static <T> T seen(KeycloakWatch.Exchange exchange, Sending<T> sending, ToIntFunction<T> status)
            throws IOException {
        try {
            T answer = sending.send();
            exchange.answered(status.applyAsInt(answer));
            return answer;
        } catch (Exception e) {
            exchange.failed(e);
            throw e;
        }
    }
}
