package io.github.multiclientauth.testbed.provider.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes correct ID tokens or, if a test asks for it, ID tokens with exactly one error.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core, section 2</a>
 */
public final class IdTokens {

    /** Values that belong to others, for wrong tokens. */
    private static final String FOREIGN_ISSUER = "https://issuer.example";

    private static final String FOREIGN_AUDIENCE = "another-app";
    private static final String FOREIGN_NONCE = "nonce-of-another-request";
    private static final Duration STALE = Duration.ofDays(1);

    private final IdTokenStyle style;
    private final SigningKey key;
    private final Ledger ledger;

    public IdTokens(IdTokenStyle style, SigningKey key, Ledger ledger) {
        this.style = style;
        this.key = key;
        this.ledger = ledger;
    }

    String issue(ObjectNode person, Grant grant, String accessToken) {
        boolean expired = fails(grant, Failure.EXPIRED_ID_TOKEN);
        Instant issued =
                expired ? ledger.clock().instant().minus(STALE) : ledger.clock().instant();
        String audience = fails(grant, Failure.WRONG_AUDIENCE) ? FOREIGN_AUDIENCE : grant.clientId();
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", fails(grant, Failure.WRONG_ISSUER) ? FOREIGN_ISSUER : style.issuer());
        if (style.authorizedParty()) {
            claims.put("azp", audience);
        }
        claims.put("aud", audience);
        claims.setAll(person);
        if (style.accessTokenHash()) {
            claims.put("at_hash", hash(accessToken));
        }
        if (style.nonce()) {
            grant.nonce()
                    .ifPresent(nonce -> claims.put("nonce", fails(grant, Failure.WRONG_NONCE) ? FOREIGN_NONCE : nonce));
        }
        claims.put("iat", issued.getEpochSecond());
        claims.put("exp", issued.plus(style.lifetime()).getEpochSecond());
        SigningKey signer = fails(grant, Failure.BADLY_SIGNED_ID_TOKEN) ? key.impostor() : key;
        return ledger.handedOut().note(signer.sign(claims));
    }

    private boolean fails(Grant grant, Failure failure) {
        return ledger.failures().has(grant.login(), failure);
    }

    /** The left half of the hash (OpenID Connect Core, section 3.1.3.6). */
    private static String hash(String accessToken) {
        byte[] hash = Sha256.of(accessToken);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }
}
