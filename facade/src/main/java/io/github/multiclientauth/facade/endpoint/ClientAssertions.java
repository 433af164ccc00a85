package io.github.multiclientauth.facade.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.EndpointAddress;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Client assertions: JWTs that a server signs with the application's secret, for one request. Without Nimbus, which takes no
 * secret of less than 256 bits. Administrators choose client secrets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-3">RFC 7523, section 3</a>
 */
final class ClientAssertions {

    private static final String HMAC = "HmacSHA256";
    private static final String ALGORITHM = "HS256";

    /** In characters. */
    private static final int LONGEST = 4096;

    /** In characters. */
    private static final int LONGEST_ID = 256;

    private static final Duration LONGEST_LIFE = Duration.ofSeconds(60);

    /** How far the server's clock may be ahead. One that is behind costs its assertions a part of their life. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    /** How many assertions each replica remembers. Then it forgets the oldest. Who repeats an assertion needs the user's cookie, too. */
    private static final int MOST_REMEMBERED = 100_000;

    /** Two claims of one name, or text after the end, leave open what is meant. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Clock clock;
    private final Cache<Used, Boolean> used = Caffeine.newBuilder()
            .executor(Runnable::run)
            .expireAfterWrite(LONGEST_LIFE.plus(CLOCKS_DIFFER).plusSeconds(1))
            .maximumSize(MOST_REMEMBERED)
            .build();

    private record Used(String clientId, String id) {}

    /** @param clock Keycloak's */
    ClientAssertions(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is wrong with an assertion; empty if it proves that its sender has one of the secrets. It is then used up.
     *
     * @return continues a sentence that begins with "its client assertion"
     */
    Optional<String> refusal(String assertion, String clientId, List<Secret> secrets, EndpointAddress audience) {
        String[] parts = assertion.split("\\.", -1);
        if (assertion.length() > LONGEST || parts.length != 3) {
            return Optional.of("is no signed JWT");
        }
        JsonNode header = json(parts[0]);
        if (!header.path("alg").asText().equals(ALGORITHM) || header.has("crit")) {
            return Optional.of("is not signed with HS256, or has critical headers");
        }
        if (!isSigned(assertion.substring(0, assertion.lastIndexOf('.')), parts[2], secrets)) {
            return Optional.of("is signed with another secret");
        }
        return refusal(json(parts[1]), clientId, audience);
    }

    private Optional<String> refusal(JsonNode claims, String clientId, EndpointAddress audience) {
        if (!clientId.equals(claims.path("iss").textValue())
                || !clientId.equals(claims.path("sub").textValue())) {
            return Optional.of("is not by the application itself (iss, sub)");
        }
        if (!isFor(claims.path("aud"), audience)) {
            return Optional.of("is for another address (aud)");
        }
        JsonNode issued = claims.path("iat");
        JsonNode expires = claims.path("exp");
        JsonNode begins = claims.path("nbf");
        if (!isTime(issued) || !isTime(expires) || !begins.isMissingNode() && !isTime(begins)) {
            return Optional.of("lacks its times (iat, exp)");
        }
        long now = clock.instant().getEpochSecond();
        if (now >= expires.longValue()) {
            return Optional.of("has expired");
        }
        if (expires.longValue() - issued.longValue() > LONGEST_LIFE.toSeconds()) {
            return Optional.of("lives longer than a minute");
        }
        if (Math.max(issued.longValue(), begins.longValue()) > now + CLOCKS_DIFFER.toSeconds()) {
            return Optional.of("is from the future");
        }
        String id = claims.path("jti").asText();
        if (!claims.path("jti").isTextual() || id.isEmpty() || id.length() > LONGEST_ID) {
            return Optional.of("has no id (jti)");
        }
        boolean isNew = used.asMap().putIfAbsent(new Used(clientId, id), true) == null;
        return isNew ? Optional.empty() : Optional.of("was used before");
    }

    /** One audience only: an assertion for several could be sent on. */
    private static boolean isFor(JsonNode given, EndpointAddress audience) {
        JsonNode only = given.isArray() && given.size() == 1 ? given.get(0) : given;
        return only.isTextual() && audience.is(only.textValue());
    }

    private static boolean isTime(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0;
    }

    private static boolean isSigned(String content, String signature, List<Secret> secrets) {
        byte[] given = bytes(signature);
        boolean right = false;
        for (Secret secret : secrets) {
            right |= MessageDigest.isEqual(given, hmac(secret, content));
        }
        return right;
    }

    private static byte[] hmac(Secret secret, String content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(UTF_8), HMAC));
            return mac.doFinal(content.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    private static JsonNode json(String part) {
        try {
            return JSON.readTree(bytes(part));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static byte[] bytes(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
