package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.util.List;

/**
 * Leaves out the published keys that are not for verifying, and those whose signatures prove nothing. Everybody who reads a private or symmetric key there can sign
 * with it, and a short RSA key can be broken.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.3">RFC 7518, section 3.3</a>
 */
final class TrustworthyKeys {

    private static final int SHORTEST_RSA = 2048;

    private TrustworthyKeys() {}

    /** @throws IOException if none is left that signs */
    static JWKSet of(JWKSet published) throws IOException {
        List<JWK> keys = published.getKeys().stream()
                .filter(TrustworthyKeys::isTrustworthy)
                .toList();
        if (keys.stream().allMatch(key -> KeyUse.ENCRYPTION.equals(key.getKeyUse()))) {
            throw new IOException(
                    "no key for signatures can be trusted: the realm needs one that is public and, if it is RSA,"
                            + " has at least " + SHORTEST_RSA + " bits");
        }
        return new JWKSet(keys);
    }

    private static boolean isTrustworthy(JWK key) {
        return !key.isPrivate()
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY))
                && (!key.getKeyType().equals(KeyType.RSA) || key.size() >= SHORTEST_RSA);
    }
}
