package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;

/** Looks once at what every sign-in needs of Keycloak. Blocks. */
public final class KeycloakProbe {

    private final Issuer issuer;
    private final KeycloakRequests requests;

    /**
     * What was seen.
     *
     * @param metadataProblem why the metadata cannot be used; empty text if it can
     * @param keysProblem why the keys cannot be used; empty text if they can, or if it is not known where they are
     */
    public record Seen(String metadataProblem, String keysProblem) {}

    public KeycloakProbe(URI issuer, UpstreamTimeouts timeouts) {
        this.issuer = new Issuer(issuer);
        // What an operator asks for by hand is no traffic to count.
        this.requests = new KeycloakRequests(timeouts, KeycloakWatch.NONE);
    }

    public Seen look() {
        OIDCProviderMetadata metadata;
        try {
            metadata = OIDCProviderMetadata.parse(requests.read(
                    KeycloakEndpoint.METADATA,
                    OIDCProviderMetadata.resolveURL(issuer).toString()));
        } catch (IOException e) {
            return new Seen(UpstreamFailure.describe(e), "");
        } catch (GeneralException e) {
            return new Seen("the answer is no metadata of an OpenID provider", "");
        }
        if (!issuer.equals(metadata.getIssuer())) {
            return new Seen("Keycloak calls itself " + metadata.getIssuer() + ", not " + issuer, "");
        }
        return new Seen("", keysProblem(metadata.getJWKSetURI()));
    }

    private String keysProblem(URI address) {
        try {
            return JWKSet.parse(requests.read(KeycloakEndpoint.KEYS, address.toString()))
                            .isEmpty()
                    ? "there is none"
                    : "";
        } catch (IOException e) {
            return UpstreamFailure.describe(e);
        } catch (ParseException e) {
            return "the answer is no JWK Set";
        }
    }
}
