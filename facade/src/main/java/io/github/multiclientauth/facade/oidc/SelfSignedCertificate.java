package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A certificate for a key of the facade, signed by that key. It says nothing but which key it is: Keycloak trusts it
 * because an administrator has put it into Keycloak's trust store. It does not expire (RFC 5280, section 4.1.2.5); it is
 * replaced together with the key.
 *
 * <p>Written here, because Java has no public API that signs certificates.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-2.2">RFC 8705, section 2.2</a>
 */
final class SelfSignedCertificate {

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;

    /** {@code ecdsa-with-SHA256}, RFC 5758, section 3.2. */
    private static final byte[] ECDSA_WITH_SHA256 = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02};

    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
    private static final byte[] KEY_USAGE = {0x55, 0x1d, 0x0f};
    private static final byte[] EXTENDED_KEY_USAGE = {0x55, 0x1d, 0x25};
    private static final byte[] CLIENT_AUTHENTICATION = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02};

    /** The bit {@code digitalSignature} alone: seven of the eight bits are unused. */
    private static final byte[] DIGITAL_SIGNATURE = {0x07, (byte) 0x80};

    private static final byte[] TRUE = {(byte) 0xff};
    private static final byte[] V3 = {2};
    private static final String NEVER = "99991231235959Z";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private SelfSignedCertificate() {}

    /**
     * Makes the certificate of a P-256 key, in DER. Its name contains the key's id, so that a server that lists whom it
     * trusts names this key.
     */
    static byte[] of(ECKey key, Instant from) throws JOSEException, GeneralSecurityException {
        byte[] algorithm = sequence(encoded(OBJECT_IDENTIFIER, ECDSA_WITH_SHA256));
        byte[] name = sequence(encoded(
                SET,
                sequence(
                        encoded(OBJECT_IDENTIFIER, COMMON_NAME),
                        encoded(UTF8_STRING, ascii("Multi-Client Auth " + key.getKeyID())))));
        byte[] content = sequence(
                encoded(VERSION, encoded(INTEGER, V3)),
                encoded(INTEGER, BigInteger.valueOf(from.toEpochMilli()).toByteArray()),
                algorithm,
                name,
                sequence(encoded(UTC_TIME, ascii(TIME.format(from))), encoded(GENERALIZED_TIME, ascii(NEVER))),
                name,
                key.toPublicKey().getEncoded(),
                encoded(
                        EXTENSIONS,
                        sequence(
                                sequence(
                                        encoded(OBJECT_IDENTIFIER, KEY_USAGE),
                                        encoded(BOOLEAN, TRUE),
                                        encoded(OCTET_STRING, encoded(BIT_STRING, DIGITAL_SIGNATURE))),
                                sequence(
                                        encoded(OBJECT_IDENTIFIER, EXTENDED_KEY_USAGE),
                                        encoded(
                                                OCTET_STRING,
                                                sequence(encoded(OBJECT_IDENTIFIER, CLIENT_AUTHENTICATION)))))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.toPrivateKey());
        signature.update(content);
        return sequence(content, algorithm, encoded(BIT_STRING, concatenated(new byte[] {0}, signature.sign())));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sequence(byte[]... parts) {
        return encoded(SEQUENCE, parts);
    }

    /** A value in DER: its tag, its length and its content (X.690, section 8.1). */
    private static byte[] encoded(int tag, byte[]... parts) {
        byte[] content = concatenated(parts);
        return concatenated(new byte[] {(byte) tag}, length(content.length), content);
    }

    private static byte[] length(int bytes) {
        if (bytes < 0x80) {
            return new byte[] {(byte) bytes};
        }
        return bytes < 0x100
                ? new byte[] {(byte) 0x81, (byte) bytes}
                : new byte[] {(byte) 0x82, (byte) (bytes >> 8), (byte) bytes};
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
