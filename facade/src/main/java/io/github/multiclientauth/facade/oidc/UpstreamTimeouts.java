package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * How long a request to Keycloak may take.
 *
 * @param connect until a connection is there
 * @param read between two packets of the answer
 */
public record UpstreamTimeouts(Duration connect, Duration read) {

    public UpstreamTimeouts {
        requirePositive("mca.keycloak.connect-timeout", connect);
        requirePositive("mca.keycloak.read-timeout", read);
    }

    /** Sends it; a redirect is an answer like any other, since it could lead anywhere. */
    HTTPResponse send(HTTPRequest request) throws IOException {
        return limited(request).send();
    }

    /** The same for an answer that may be large. */
    PackedAnswer sendForPacked(HTTPRequest request) throws IOException {
        return PackedAnswer.to(limited(request));
    }

    private HTTPRequest limited(HTTPRequest request) {
        request.setConnectTimeout(connectMillis());
        request.setReadTimeout(readMillis());
        request.setFollowRedirects(false);
        return request;
    }

    int connectMillis() {
        return Math.toIntExact(connect.toMillis());
    }

    int readMillis() {
        return Math.toIntExact(read.toMillis());
    }

    private static void requirePositive(String setting, Duration timeout) {
        if (timeout.toMillis() <= 0 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    setting + ": has to be at least a millisecond and at most 24 days: " + timeout);
        }
    }
}
