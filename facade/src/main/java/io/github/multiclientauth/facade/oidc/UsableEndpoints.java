package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;

/**
 * Checks where the metadata may send the facade and browsers: only web addresses, and none less protected than the
 * issuer. Over plain http an attacker on the way could replace the keys, and read secrets and tokens.
 */
final class UsableEndpoints {

    private static final String HTTPS = "https";

    private UsableEndpoints() {}

    /** @throws GeneralException naming the endpoint that must not be used or is missing */
    static void require(Issuer issuer, OIDCProviderMetadata metadata) throws GeneralException {
        boolean secure = HTTPS.equalsIgnoreCase(URI.create(issuer.getValue()).getScheme());
        requirePresent("authorization_endpoint", metadata.getAuthorizationEndpointURI(), secure);
        requirePresent("token_endpoint", metadata.getTokenEndpointURI(), secure);
        requirePresent("jwks_uri", metadata.getJWKSetURI(), secure);
        require("end_session_endpoint", metadata.getEndSessionEndpointURI(), secure);
        require("pushed_authorization_request_endpoint", metadata.getPushedAuthorizationRequestEndpointURI(), secure);
    }

    private static void requirePresent(String name, URI address, boolean secure) throws GeneralException {
        if (address == null) {
            throw new GeneralException("the metadata name no " + name);
        }
        require(name, address, secure);
    }

    private static void require(String name, URI address, boolean secure) throws GeneralException {
        if (address == null) {
            return;
        }
        boolean https = HTTPS.equalsIgnoreCase(address.getScheme());
        if (!https && !"http".equalsIgnoreCase(address.getScheme())
                || address.getRawAuthority() == null
                || address.getRawUserInfo() != null) {
            throw new GeneralException("the metadata name a " + name + " that is no address of the web: " + address);
        }
        if (secure && !https) {
            throw new GeneralException("the issuer is https, but the metadata name a " + name + " that is not: "
                    + address + ". Does the proxy tell Keycloak the scheme (X-Forwarded-Proto)?");
        }
    }
}
