package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies EdDSA signatures with the JDK. Nimbus needs the library Tink for Ed25519 and does not know Ed448.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8037#section-3.1">RFC 8037, section 3.1</a>
 */
final class EdDsaVerifier extends BaseJWSProvider implements JWSVerifier {

    /** What comes before the key in a SubjectPublicKeyInfo (RFC 8410, section 4). The last two bytes say its length. */
    private static final Map<Curve, String> PREFIXES = Map.of(
            Curve.Ed25519, "302a300506032b6570032100",
            Curve.Ed448, "3043300506032b6571033a00");

    private static final int PREFIX_LENGTH = 12;

    private final EdECPublicKey key;

    EdDsaVerifier(EdECPublicKey key) {
        super(Set.of(JWSAlgorithm.EdDSA));
        this.key = key;
    }

    /** @return empty if it is no key for signatures, or has the wrong length */
    static Optional<PublicKey> publicKey(OctetKeyPair pair) {
        String prefix = PREFIXES.get(pair.getCurve());
        if (prefix == null) {
            return Optional.empty();
        }
        var encoded = new ByteArrayOutputStream();
        encoded.writeBytes(HexFormat.of().parseHex(prefix));
        encoded.writeBytes(pair.getDecodedX());
        try {
            return Optional.of(KeyFactory.getInstance(pair.getCurve().getName())
                    .generatePublic(new X509EncodedKeySpec(encoded.toByteArray())));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
        // Extensions that must be understood (RFC 7515, section 4.1.11): none is.
        if (!supportedJWSAlgorithms().contains(header.getAlgorithm()) || header.getCriticalParams() != null) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(key.getParams().getName());
            verifier.initVerify(key);
            verifier.update(signed);
            byte[] given = signature.decode();
            // The JDK ignores zeros at the end, and the same token would have many spellings.
            return given.length == 2 * (key.getEncoded().length - PREFIX_LENGTH) && verifier.verify(given);
        } catch (SignatureException e) {
            // It is not even as long as a signature.
            return false;
        } catch (GeneralSecurityException e) {
            throw new JOSEException(e.getMessage(), e);
        }
    }
}
