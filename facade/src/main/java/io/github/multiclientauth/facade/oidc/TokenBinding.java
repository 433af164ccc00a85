package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.IOException;
import java.time.Clock;
import java.util.Date;
import java.util.function.Supplier;

/**
 * Proves possession of a key in requests for bound tokens (DPoP).
 *
 * <p>The key lives as long as the process. That is enough for confidential clients: their refresh tokens are not bound
 * (RFC 9449, section 5), each refresh may bind the new tokens to another key, and no access token is kept here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-4">RFC 9449, section 4</a>
 */
final class TokenBinding {

    private final KeycloakRequests requests;
    private final Clock clock;

    TokenBinding(KeycloakRequests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Sends the request with a proof, and once more if the server requires its nonce in the proof (RFC 9449, section
     * 8).
     *
     * @param request creates the request anew each time, since its client authentication may be valid only once
     */
    HTTPResponse send(Supplier<HTTPRequest> request) throws IOException {
        HTTPResponse response = send(request.get(), null);
        Nonce nonce = nonce(response);
        return response.indicatesSuccess() || nonce == null ? response : send(request.get(), nonce);
    }

    /** The nonce that the server requires; null if there is none. */
    private static Nonce nonce(HTTPResponse response) {
        String nonce = response.getHeaderValue("DPoP-Nonce");
        return nonce == null || nonce.isBlank() ? null : new Nonce(nonce);
    }

    private HTTPResponse send(HTTPRequest request, Nonce nonce) throws IOException {
        try {
            request.setDPoP(Proofs.OF_THIS_PROCESS.createDPoPJWT(
                    new JWTID(),
                    request.getMethod().name(),
                    request.getURI(),
                    Date.from(clock.instant()),
                    null,
                    nonce));
        } catch (JOSEException e) {
            throw new IllegalStateException("The key was made for that", e);
        }
        return requests.send(KeycloakEndpoint.TOKEN, request);
    }

    /**
     * Created when first needed: creating a key takes a twentieth of the facade's start, and few applications bind
     * tokens.
     */
    private static final class Proofs {

        static final DPoPProofFactory OF_THIS_PROCESS = proofs();

        private static DPoPProofFactory proofs() {
            try {
                ECKey key = new ECKeyGenerator(Curve.P_256).generate();
                return new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
            } catch (JOSEException e) {
                throw new IllegalStateException("Every JDK has P-256", e);
            }
        }
    }
}
