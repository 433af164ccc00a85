package io.github.multiclientauth.facade.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A key of the realm, and tokens that it signs.
 *
 * @param name of the algorithm, and of the curve of EdDSA
 * @param key as Keycloak publishes it, with its algorithm
 */
record SignedTokens(String name, JWSAlgorithm algorithm, JWK key, Function<byte[], Base64URL> signing) {

    private static final RSAKey RSA = StandInKeycloak.rsaKey("RSA");

    /** One for each algorithm that Keycloak has, and both curves of EdDSA. The RSA algorithms share one key. */
    static final List<SignedTokens> ALL = List.of(
            rsa(JWSAlgorithm.RS256),
            rsa(JWSAlgorithm.RS384),
            rsa(JWSAlgorithm.RS512),
            rsa(JWSAlgorithm.PS256),
            rsa(JWSAlgorithm.PS384),
            rsa(JWSAlgorithm.PS512),
            ec(JWSAlgorithm.ES256, Curve.P_256),
            ec(JWSAlgorithm.ES384, Curve.P_384),
            ec(JWSAlgorithm.ES512, Curve.P_521),
            edwards(Curve.Ed25519),
            edwards(Curve.Ed448));

    static SignedTokens of(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return name;
    }

    String sign(JWTClaimsSet claims) {
        return sign(header(algorithm), claims);
    }

    /** @param typ the type in the header */
    String sign(JWTClaimsSet claims, String typ) {
        return sign(header(algorithm).type(new JOSEObjectType(typ)), claims);
    }

    /** A token that names an algorithm and another key, but is signed by this one. */
    String sign(JWTClaimsSet claims, JWSAlgorithm named, String keyId) {
        return sign(new JWSHeader.Builder(named).keyID(keyId), claims);
    }

    JWSHeader.Builder header(JWSAlgorithm named) {
        return new JWSHeader.Builder(named).keyID(key.getKeyID());
    }

    String sign(JWSHeader.Builder header, JWTClaimsSet claims) {
        String signed = header.build().toBase64URL() + "."
                + Base64URL.encode(claims.toPayload().toBytes());
        return signed + "." + signing.apply(signed.getBytes(US_ASCII));
    }

    private static SignedTokens rsa(JWSAlgorithm algorithm) {
        RSAKey key = new RSAKey.Builder(RSA.toPublicJWK())
                .algorithm(algorithm)
                .keyID(algorithm.getName())
                .build();
        return new SignedTokens(algorithm.getName(), algorithm, key, nimbus(algorithm, () -> new RSASSASigner(RSA)));
    }

    private static SignedTokens ec(JWSAlgorithm algorithm, Curve curve) {
        try {
            ECKey key = new ECKeyGenerator(curve)
                    .algorithm(algorithm)
                    .keyID(algorithm.getName())
                    .generate();
            return new SignedTokens(
                    algorithm.getName(), algorithm, key.toPublicJWK(), nimbus(algorithm, () -> new ECDSASigner(key)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SignedTokens edwards(Curve curve) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(curve.getName()).generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            int length = curve.equals(Curve.Ed25519) ? 32 : 57;
            OctetKeyPair key = new OctetKeyPair.Builder(
                            curve,
                            Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - length, encoded.length)))
                    .algorithm(new Algorithm("EdDSA"))
                    .keyID(curve.getName())
                    .build();
            return new SignedTokens(curve.getName(), JWSAlgorithm.EdDSA, key, signed -> {
                try {
                    Signature signature = Signature.getInstance(curve.getName());
                    signature.initSign(pair.getPrivate());
                    signature.update(signed);
                    return Base64URL.encode(signature.sign());
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Signer {
        JWSSigner make() throws JOSEException;
    }

    private static Function<byte[], Base64URL> nimbus(JWSAlgorithm algorithm, Signer signer) {
        return signed -> {
            try {
                return signer.make().sign(new JWSHeader(algorithm), signed);
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
