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

/**
 * The one way to Keycloak: each request has its time-outs, and is seen.
 *
 * @param watch sees each request
 */
public record KeycloakRequests(UpstreamTimeouts timeouts, KeycloakWatch watch) {

    private static final int OK = 200;

    HTTPResponse send(KeycloakEndpoint endpoint, HTTPRequest request) throws IOException {
        KeycloakWatch.Exchange exchange =
                watch.begin(endpoint, request.getMethod().name(), request.getURI(), request::setHeader);
        try {
            HTTPResponse response = timeouts.send(request);
            exchange.answered(response.getStatusCode());
            return response;
        } catch (IOException | RuntimeException e) {
            exchange.failed(e);
            throw e;
        }
    }

    /** The same for an answer that may be large. */
    PackedAnswer sendForPacked(KeycloakEndpoint endpoint, HTTPRequest request) throws IOException {
        KeycloakWatch.Exchange exchange =
                watch.begin(endpoint, request.getMethod().name(), request.getURI(), request::setHeader);
        try {
            PackedAnswer answer = timeouts.sendForPacked(request);
            exchange.answered(answer.status());
            return answer;
        } catch (IOException | RuntimeException e) {
            exchange.failed(e);
            throw e;
        }
    }

    OIDCProviderMetadata metadata(Issuer issuer) throws GeneralException, IOException {
        Map<String, String> headers = new HashMap<>();
        KeycloakWatch.Exchange exchange = watch.begin(
                KeycloakEndpoint.METADATA,
                "GET",
                URI.create(OIDCProviderMetadata.resolveURL(issuer).toString()),
                headers::put);
        try {
            OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(issuer, request -> {
                request.setConnectTimeout(timeouts.connectMillis());
                request.setReadTimeout(timeouts.readMillis());
                headers.forEach(request::setHeader);
            });
            exchange.answered(OK);
            return metadata;
        } catch (GeneralException | IOException | RuntimeException e) {
            exchange.failed(e);
            throw e;
        }
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
            try {
                var retriever = new DefaultResourceRetriever(timeouts.connectMillis(), timeouts.readMillis(), maxBytes);
                retriever.setHeaders(headers);
                var resource = retriever.retrieveResource(url);
                exchange.answered(OK);
                return resource;
            } catch (IOException | RuntimeException e) {
                exchange.failed(e);
                throw e;
            }
        };
    }
}
