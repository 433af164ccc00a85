package io.github.multiclientauth.facade.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.multiclientauth.facade.wire.EndpointAddress;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks the proofs with which an application's server shows that it has a key. Access tokens are then bound to that key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-4.3">RFC 9449, section 4.3</a>
 */
public final class DpopProofs {

    private static final String TYPE = "dpop+jwt";

    /** In characters. */
    private static final int LONGEST = 8192;

    /** In characters. */
    private static final int LONGEST_ID = 256;

    private static final int SMALLEST_RSA_BITS = 2048;
    private static final int LARGEST_RSA_BITS = 8192;

    /** How far the time of a proof may be off, in both directions. */
    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    /** How many proofs each replica remembers. Then it forgets the oldest. Who repeats a proof has to authenticate, too. */
    private static final int MOST_REMEMBERED = 100_000;

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512);

    private final Clock clock;
    private final Cache<String, Boolean> used = Caffeine.newBuilder()
            .executor(Runnable::run)
            .expireAfterWrite(TOLERANCE.multipliedBy(2).plusSeconds(1))
            .maximumSize(MOST_REMEMBERED)
            .build();

    /** @param clock Keycloak's */
    public DpopProofs(Clock clock) {
        this.clock = clock;
    }

    /** What a proof shows. */
    public sealed interface Checked {

        /** The value of the function for this case. */
        <T> T match(Function<Proved, T> proved, Function<Wrong, T> wrong);

        /** @param thumbprint of the key (RFC 7638) */
        record Proved(String thumbprint) implements Checked {
            @Override
            public <T> T match(Function<Proved, T> proved, Function<Wrong, T> wrong) {
                return proved.apply(this);
            }
        }

        /** @param what is wrong, for the operator: continues a sentence that begins with "its DPoP proof" */
        record Wrong(String what) implements Checked {
            @Override
            public <T> T match(Function<Proved, T> proved, Function<Wrong, T> wrong) {
                return wrong.apply(this);
            }
        }
    }

    /** Checks the proof of a POST to this address. It is then used up. */
    public Checked check(String proof, EndpointAddress address) {
        if (proof.length() > LONGEST) {
            return new Checked.Wrong("is too long");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(proof);
            JWSHeader header = jwt.getHeader();
            JWK key = header.getJWK();
            if (header.getType() == null
                    || !TYPE.equalsIgnoreCase(header.getType().getType())) {
                return new Checked.Wrong("is not of the type dpop+jwt");
            }
            if (header.getCriticalParams() != null || !ALGORITHMS.contains(header.getAlgorithm())) {
                return new Checked.Wrong("is signed with an algorithm that is not accepted, or has critical headers");
            }
            Optional<JWSVerifier> verifier = verifier(key);
            if (verifier.isEmpty()) {
                return new Checked.Wrong("names no public key of type EC or RSA");
            }
            if (!jwt.verify(verifier.get())) {
                return new Checked.Wrong("is signed with another key");
            }
            return check(jwt.getJWTClaimsSet(), address)
                    .<Checked>map(Checked.Wrong::new)
                    .orElse(new Checked.Proved(key.computeThumbprint().toString()));
        } catch (ParseException | JOSEException | RuntimeException e) {
            // Without the message, which may quote the proof.
            return new Checked.Wrong("cannot be read");
        }
    }

    private static Optional<JWSVerifier> verifier(JWK key) throws JOSEException {
        if (key == null || key.isPrivate()) {
            return Optional.empty();
        }
        if (key instanceof ECKey ec) {
            return Optional.of(new ECDSAVerifier(ec));
        }
        if (key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA_BITS && rsa.size() <= LARGEST_RSA_BITS) {
            return Optional.of(new RSASSAVerifier(rsa));
        }
        return Optional.empty();
    }

    private Optional<String> check(JWTClaimsSet claims, EndpointAddress address) throws ParseException {
        if (!"POST".equals(claims.getStringClaim("htm"))) {
            return Optional.of("is for another method (htm)");
        }
        String url = claims.getStringClaim("htu");
        if (url == null || !address.is(url)) {
            return Optional.of("is for another address (htu)");
        }
        if (claims.getIssueTime() == null) {
            return Optional.of("has no time (iat)");
        }
        Instant at = claims.getIssueTime().toInstant();
        if (Duration.between(at, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            return Optional.of("is too old, or from the future (iat)");
        }
        String id = claims.getJWTID();
        if (id == null || id.isEmpty() || id.length() > LONGEST_ID) {
            return Optional.of("has no id (jti)");
        }
        return used.asMap().putIfAbsent(id, true) == null ? Optional.empty() : Optional.of("was used before");
    }
}
