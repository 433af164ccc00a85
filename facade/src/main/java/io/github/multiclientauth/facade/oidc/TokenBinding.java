package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.IOException;
import java.net.URI;
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

    private static final String NONCE = "DPoP-Nonce";
    private static final String USE_NONCE = "use_dpop_nonce";
    private static final String INVALID_PROOF = "invalid_dpop_proof";

    /** The words of Keycloak, which calls a missing proof an invalid request. */
    private static final String PROOF = "DPoP proof";

    private final KeycloakRequests requests;
    private final Clock clock;

    /** The server's latest nonce; null if it wants none. */
    private volatile Nonce latest;

    private volatile boolean demanded;

    TokenBinding(KeycloakRequests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Sends the request with a proof, and once more if the server requires another nonce in the proof (RFC 9449,
     * sections 8 and 9).
     *
     * @param request creates the request anew each time, since its client authentication may be valid only once
     */
    HTTPResponse send(KeycloakEndpoint endpoint, Supplier<HTTPRequest> request) throws IOException {
        return send(endpoint, request, null);
    }

    /** @param token the bound access token that the request carries; null if it carries none */
    HTTPResponse send(KeycloakEndpoint endpoint, Supplier<HTTPRequest> request, AccessToken token) throws IOException {
        HTTPResponse response = send(endpoint, request.get(), token);
        return wantsNonce(response) ? send(endpoint, request.get(), token) : response;
    }

    /** Sends the request without a proof until the server has demanded one. */
    HTTPResponse sendOnDemand(KeycloakEndpoint endpoint, Supplier<HTTPRequest> request) throws IOException {
        if (!demanded) {
            HTTPResponse response = requests.send(endpoint, request.get());
            if (!demandsProof(response)) {
                return response;
            }
            learn(response);
            demanded = true;
        }
        return send(endpoint, request);
    }

    private static boolean demandsProof(HTTPResponse response) {
        if (response.indicatesSuccess()) {
            return false;
        }
        ErrorObject error = ErrorObject.parse(response);
        return wantsNonce(response)
                || INVALID_PROOF.equals(error.getCode())
                || error.getDescription() != null && error.getDescription().contains(PROOF);
    }

    /** Token endpoints say so in the body, and others in a header. */
    private static boolean wantsNonce(HTTPResponse response) {
        return !response.indicatesSuccess()
                && response.getHeaderValue(NONCE) != null
                && (USE_NONCE.equals(ErrorObject.parse(response).getCode())
                        || String.valueOf(response.getHeaderValue("WWW-Authenticate"))
                                .contains(USE_NONCE));
    }

    /** Keeps the server's latest nonce. It may come with any answer, also a successful one. */
    private void learn(HTTPResponse response) {
        String nonce = response.getHeaderValue(NONCE);
        if (nonce != null && !nonce.isBlank()) {
            latest = new Nonce(nonce);
        }
    }

    private HTTPResponse send(KeycloakEndpoint endpoint, HTTPRequest request, AccessToken token) throws IOException {
        try {
            request.setDPoP(Proofs.OF_THIS_PROCESS.createDPoPJWT(
                    new JWTID(),
                    request.getMethod().name(),
                    withoutQuery(request.getURI()),
                    Date.from(clock.instant()),
                    token,
                    latest));
        } catch (JOSEException e) {
            throw new IllegalStateException("The key was made for that", e);
        }
        HTTPResponse response = requests.send(endpoint, request);
        learn(response);
        return response;
    }

    /** The address as a proof names it (RFC 9449, section 4.2). */
    private static URI withoutQuery(URI address) {
        String text = address.toString();
        int query = text.indexOf('?');
        return query < 0 ? address : URI.create(text.substring(0, query));
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
