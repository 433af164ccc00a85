package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;

/** Checks once what every sign-in needs: Keycloak's metadata and keys. Blocks. */
public final class KeycloakProbe {

    private final Issuer issuer;
    private final KeycloakRequests requests;

    /**
     * The result of the check.
     *
     * @param metadataProblem why the metadata cannot be used; empty text if it can
     * @param keysProblem why the keys cannot be used; empty text if they can, or if their address is unknown
     */
    public record Seen(String metadataProblem, String keysProblem) {}

    public KeycloakProbe(URI issuer, KeycloakRequests requests) {
        this.issuer = new Issuer(issuer);
        this.requests = requests;
    }

    public Seen look() {
        OIDCProviderMetadata metadata;
        try {
            metadata = requests.metadata(issuer);
        } catch (IOException e) {
            return new Seen(UpstreamFailure.describe(e), "");
        } catch (GeneralException e) {
            return new Seen(e.getMessage(), "");
        }
        return new Seen("", keysProblem(metadata.getJWKSetURI()));
    }

    private String keysProblem(URI address) {
        try {
            return requests.keys(address).isEmpty() ? "there is none" : "";
        } catch (IOException e) {
            return UpstreamFailure.describe(e);
        }
    }
}
