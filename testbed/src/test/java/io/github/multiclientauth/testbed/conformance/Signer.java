package io.github.multiclientauth.testbed.conformance;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the first two parts of a JWT with any algorithm and key, whatever its header says. */
@FunctionalInterface
interface Signer {

    /** Leaves the signature empty. */
    Signer NONE = input -> new byte[0];

    byte[] sign(byte[] input) throws GeneralSecurityException;

    /** @param bits 256, 384 or 512 */
    static Signer rsa(int bits, PrivateKey key) {
        return input -> signature(Signature.getInstance("SHA" + bits + "withRSA"), key, input);
    }

    static Signer pss(int bits, PrivateKey key) {
        return input -> {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec(
                    "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), bits / Byte.SIZE, 1));
            return signature(signature, key, input);
        };
    }

    static Signer ecdsa(int bits, PrivateKey key) {
        return input -> signature(Signature.getInstance("SHA" + bits + "withECDSAinP1363Format"), key, input);
    }

    static Signer hmac(int bits, byte[] secret) {
        return input -> {
            Mac mac = Mac.getInstance("HmacSHA" + bits);
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            return mac.doFinal(input);
        };
    }

    private static byte[] signature(Signature signature, PrivateKey key, byte[] input) throws GeneralSecurityException {
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }
}
