package io.github.multiclientauth.testbed.conformance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The keys of the provider, and those of an attacker.
 *
 * @param signing signs the ID tokens
 * @param elliptic a further key that the provider publishes for signatures
 * @param encryption a key that the provider publishes for encryption
 * @param attackers published by nobody
 */
record Keys(RSAKey signing, ECKey elliptic, RSAKey encryption, RSAKey attackers) {

    private static final int BITS = 2048;
    private static final AtomicInteger COUNT = new AtomicInteger();

    static Keys generate() {
        return new Keys(rsa(BITS), p256(), encryption(rsa(BITS), "encryption"), rsa(BITS));
    }

    /** A new key for signatures, under a name that was not used before. */
    static RSAKey rsa(int bits) {
        try {
            return new RSAKeyGenerator(bits, true)
                    .keyID("key-" + COUNT.incrementAndGet())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new key whose modulus is too short for any signature algorithm (RFC 7518, section 3.3). */
    static RSAKey weak() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS / 2);
            KeyPair pair = generator.generateKeyPair();
            return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .keyID("key-" + COUNT.incrementAndGet())
                    .keyUse(KeyUse.SIGNATURE)
                    .build();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey p256() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID("elliptic")
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same key, published for encryption. */
    static RSAKey encryption(RSAKey key, String id) {
        return new RSAKey.Builder(key)
                .keyID(id)
                .keyUse(KeyUse.ENCRYPTION)
                .algorithm(null)
                .build();
    }

    static PrivateKey secret(RSAKey key) {
        try {
            return key.toPrivateKey();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static PrivateKey secret(ECKey key) {
        try {
            return key.toPrivateKey();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] encoded(RSAKey key) {
        try {
            return key.toRSAPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A signer for ID tokens. */
    static Signer signer(RSAKey key) {
        return Signer.rsa(256, secret(key));
    }

    /** The JWK Set of the provider, with this key for signatures. */
    String published(RSAKey current) {
        return set(current, elliptic, encryption);
    }

    /** The public parts of these keys. */
    static String set(JWK... keys) {
        return new JWKSet(List.of(keys)).toString();
    }
}
