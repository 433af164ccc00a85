package io.github.multiclientauth.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A P-256 key for signatures as {@code cosign verify-blob --key} reads them: base64 of an ASN.1 ECDSA signature over the SHA-256 of the
 * file. {@code openssl dgst -sha256 -verify} reads them as well, without the base64.
 */
final class CosignKey {

    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");
    private static final int COORDINATE = 32;

    private final ECPrivateKey key;
    private final PublicKey publicKey;

    private CosignKey(ECPrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /**
     * Reads a key that OpenSSL has made: {@code openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256}.
     *
     * @throws IllegalStateException if it is anything else
     */
    static CosignKey read(Path file) throws IOException {
        Matcher pem = PEM.matcher(Files.readString(file));
        if (!pem.matches()) {
            throw refused(file, null);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
            KeyFactory keys = KeyFactory.getInstance("EC");
            if (!(keys.generatePrivate(new PKCS8EncodedKeySpec(der)) instanceof ECPrivateKey key)
                    || key.getParams().getCurve().getField().getFieldSize() != COORDINATE * 8) {
                throw refused(file, null);
            }
            CosignKey pair =
                    new CosignKey(key, keys.generatePublic(new ECPublicKeySpec(publicPoint(der), key.getParams())));
            byte[] probe = "probe".getBytes(StandardCharsets.UTF_8);
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(pair.publicKey);
            verifier.update(probe);
            if (!verifier.verify(pair.sign(new ByteArrayInputStream(probe)))) {
                throw refused(file, null);
            }
            return pair;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw refused(file, e);
        }
    }

    /** The public key, which OpenSSL writes at the end of the private one (RFC 5915): 4, x and y. */
    private static ECPoint publicPoint(byte[] der) throws GeneralSecurityException {
        int begin = der.length - 2 * COORDINATE;
        if (begin < 1 || der[begin - 1] != 4) {
            throw new GeneralSecurityException("The file has no public key");
        }
        return new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(der, begin, begin + COORDINATE)),
                new BigInteger(1, Arrays.copyOfRange(der, begin + COORDINATE, der.length)));
    }

    private static IllegalStateException refused(Path file, Exception cause) {
        return new IllegalStateException(
                file + " is not a P-256 key in PKCS #8 without a password, as this makes it:"
                        + " openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
                cause);
    }

    /** Writes {@code <file>.sig} beside a file. */
    void sign(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            Files.writeString(
                    file.resolveSibling(file.getFileName() + ".sig"),
                    Base64.getEncoder().encodeToString(sign(content)) + "\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] sign(InputStream content) throws GeneralSecurityException, IOException {
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        byte[] piece = new byte[1 << 16];
        for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
            signer.update(piece, 0, read);
        }
        return signer.sign();
    }

    /** The public key in PEM, for those who verify. */
    String publicPem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
