package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.JWTID;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Authenticates the facade to Keycloak as a client, request by request. */
public final class Credentials {

    /** The lifetime of an assertion, which is used at once. */
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private final Issuer issuer;
    private final Optional<ClientKeys> keys;
    private final Clock clock;

    /** @param keys the facade's own keys; empty if it has none and no client needs them */
    public Credentials(URI issuer, Optional<ClientKeys> keys, Clock clock) {
        this.issuer = new Issuer(issuer);
        this.keys = keys;
        this.clock = clock;
    }

    /** A new authentication for one request; empty for a public client. */
    Optional<com.nimbusds.oauth2.sdk.auth.ClientAuthentication> of(ClientId clientId, ClientAuthentication method) {
        ClientID client = new ClientID(clientId.value());
        return method.match(
                known -> Optional.of(new ClientSecretBasic(
                        client,
                        new com.nimbusds.oauth2.sdk.auth.Secret(known.secret().reveal()))),
                signed -> Optional.of(assertion(client, keys.orElseThrow(), signed.algorithm())),
                none -> Optional.empty());
    }

    /**
     * An assertion with the issuer as its only audience. One with several audiences could be passed on, and Keycloak
     * refuses such assertions too.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-3">RFC 7523, section 3</a>
     */
    private PrivateKeyJWT assertion(ClientID client, ClientKeys own, Optional<String> demanded) {
        JWK key = demanded.map(JWSAlgorithm::parse).map(own::signing).orElseGet(own::signing);
        Instant now = clock.instant();
        var claims = new JWTAuthenticationClaimsSet(
                client,
                new Audience(issuer.getValue()).toSingleAudienceList(),
                Date.from(now.plus(LIFETIME)),
                null,
                Date.from(now),
                new JWTID(UUID.randomUUID().toString()));
        try {
            return new PrivateKeyJWT(
                    claims, algorithm(key, demanded), ((AsymmetricJWK) key).toPrivateKey(), key.getKeyID(), null);
        } catch (JOSEException e) {
            throw new IllegalStateException("The key was usable when it was read", e);
        }
    }

    private static JWSAlgorithm algorithm(JWK key, Optional<String> demanded) {
        if (!(key instanceof ECKey ec)) {
            return demanded.map(JWSAlgorithm::parse)
                    .filter(JWSAlgorithm.Family.RSA::contains)
                    .orElse(JWSAlgorithm.PS256);
        }
        return ec.getCurve().equals(Curve.P_256)
                ? JWSAlgorithm.ES256
                : ec.getCurve().equals(Curve.P_384) ? JWSAlgorithm.ES384 : JWSAlgorithm.ES512;
    }
}
