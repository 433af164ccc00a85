package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The signatures of Keycloak's tokens. The directory says which algorithm a client's tokens have, and no other one is
 * accepted, whatever a token names.
 *
 * <p>Only algorithms with a public key can be verified. Keycloak signs HS256, HS384 and HS512 with a secret of the realm,
 * which no client knows; it never uses the client's secret.
 */
final class Signatures {

    /** All that Keycloak has with a public key. EdDSA is Ed25519 or Ed448. */
    static final Set<JWSAlgorithm> VERIFIABLE = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA);

    private static final String CONSOLE =
            "; see Clients > the client > Advanced > Fine grain OpenID Connect configuration";

    private Signatures() {}

    /** The algorithm that a token names; empty if it is not signed. */
    static Optional<JWSAlgorithm> named(JWT token) {
        return token instanceof SignedJWT signed
                ? Optional.of(signed.getHeader().getAlgorithm())
                : Optional.empty();
    }

    /** Whether a token is signed with the algorithm that the directory names for the client's ID tokens. */
    static boolean isExpected(JWT token, TokenAlgorithms expected) {
        return named(token)
                .filter(algorithm -> algorithm.getName().equals(expected.idToken()))
                .isPresent();
    }

    /**
     * The reason why a token cannot be accepted, whatever its signature is; empty if the signature decides. For the
     * operator.
     */
    static Optional<String> problem(JWT token, TokenAlgorithms expected) {
        if (token instanceof EncryptedJWT) {
            return Optional.of("Keycloak encrypts it, and the facade has no key for that (ID token encryption key"
                    + " management algorithm)" + CONSOLE);
        }
        Optional<JWSAlgorithm> named = named(token);
        if (named.isEmpty()) {
            return Optional.of("it is not signed");
        }
        if (!VERIFIABLE.contains(named.get())) {
            return Optional.of("it is signed with an algorithm that the facade cannot verify"
                    + (JWSAlgorithm.Family.HMAC_SHA.contains(named.get())
                            ? ", " + named.get() + ": only Keycloak has the key (ID token signature algorithm)"
                                    + CONSOLE
                            : ""));
        }
        return isExpected(token, expected)
                ? Optional.empty()
                : Optional.of("it is signed with " + named.get()
                        + ", which is not the client's ID token signature algorithm in the directory");
    }

    /** Verifies signatures with these algorithms, by keys of the kind that the algorithm needs. */
    static DefaultJWTProcessor<SecurityContext> processor(Set<JWSAlgorithm> accepted, JWKSource<SecurityContext> keys) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector((header, context) -> select(header, accepted, keys));
        processor.setJWSVerifierFactory(new Verifiers());
        return processor;
    }

    private static List<Key> select(JWSHeader header, Set<JWSAlgorithm> accepted, JWKSource<SecurityContext> keys)
            throws KeySourceException {
        JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
        if (matcher == null
                || !VERIFIABLE.contains(header.getAlgorithm())
                || !accepted.contains(header.getAlgorithm())) {
            return List.of();
        }
        List<Key> found = new ArrayList<>();
        for (JWK key : keys.get(new JWKSelector(matcher), null)) {
            publicKey(key).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<PublicKey> publicKey(JWK key) {
        if (key instanceof OctetKeyPair pair) {
            return EdDsaVerifier.publicKey(pair);
        }
        try {
            return key instanceof AsymmetricJWK pair ? Optional.of(pair.toPublicKey()) : Optional.empty();
        } catch (JOSEException e) {
            return Optional.empty();
        }
    }

    /** Nimbus' verifiers, and our own for EdDSA. */
    private static final class Verifiers implements JWSVerifierFactory {

        private final DefaultJWSVerifierFactory others = new DefaultJWSVerifierFactory();

        @Override
        public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
            return key instanceof EdECPublicKey edwards
                    ? new EdDsaVerifier(edwards)
                    : others.createJWSVerifier(header, key);
        }

        @Override
        public Set<JWSAlgorithm> supportedJWSAlgorithms() {
            return VERIFIABLE;
        }

        @Override
        public JCAContext getJCAContext() {
            return others.getJCAContext();
        }
    }
}
