package io.github.multiclientauth.testbed.provider.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;

/** An ID token that Nimbus has read and verified with the provider's published keys. */
public record IdToken(JWSObject token) {

    public static IdToken of(JsonNode tokens) {
        try {
            return new IdToken(JWSObject.parse(tokens.path("id_token").asText()));
        } catch (ParseException noToken) {
            throw new AssertionError("No ID token", noToken);
        }
    }

    public JsonNode claims() {
        try {
            return new ObjectMapper().readTree(token.getPayload().toString());
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }

    public boolean isSignedBy(String keySet) {
        try {
            RSAKey key = JWKSet.parse(keySet)
                    .getKeyByKeyId(token.getHeader().getKeyID())
                    .toRSAKey();
            return token.verify(new RSASSAVerifier(key));
        } catch (ParseException | JOSEException broken) {
            throw new AssertionError(broken);
        }
    }
}
