package io.github.multiclientauth.testbed.provider.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/** A provider's RS256 key. It is generated at the start and never in a file. */
public final class SigningKey {

    private static final int BITS = 2048;

    private final RSAKey key;

    private SigningKey(RSAKey key) {
        this.key = key;
    }

    /** Generates a new key. */
    public static SigningKey draw() {
        return new SigningKey(generate(UUID.randomUUID().toString()));
    }

    /** Generates another key with the name of this one, for forged signatures. */
    SigningKey impostor() {
        return new SigningKey(generate(key.getKeyID()));
    }

    private static RSAKey generate(String keyId) {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyID(keyId)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException everyJdkHasRsa) {
            throw new IllegalStateException(everyJdkHasRsa);
        }
    }

    /** Answers with the public key as a JWK set, to check signatures with. */
    public void answer(RoutingContext context) {
        Replies.data(
                context.response(),
                200,
                "application/json; charset=utf-8",
                new JWKSet(key.toPublicJWK()).toString(true));
    }

    String sign(JsonNode claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        JWSObject token = new JWSObject(header, new Payload(claims.toString()));
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException ownKeysAlwaysFit) {
            throw new IllegalStateException(ownKeysAlwaysFit);
        }
        return token.serialize();
    }
}
