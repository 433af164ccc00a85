package io.github.multiclientauth.testbed.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codes and tokens that were handed out. */
public final class Grants {

    /** GitHub: "The temporary code will expire after 10 minutes." */
    static final Duration CODE_LIFETIME = Duration.ofMinutes(10);

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, Access> tokens = new ConcurrentHashMap<>();
    private final Set<String> handedOut = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Grants(Clock clock) {
        this.clock = clock;
    }

    private record Code(
            String login, String redirectUri, List<String> scopes, Optional<String> challenge, Instant expires) {}

    /** What a token opens. */
    record Access(String login, List<String> scopes) {}

    String code(Person person, AuthorizationRequest.Acceptable request) {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        String code = HexFormat.of().formatHex(bytes);
        Instant expires = clock.instant().plus(CODE_LIFETIME);
        codes.put(
                code,
                new Code(person.login(), request.redirectUri(), request.scopes(), request.codeChallenge(), expires));
        handedOut.add(code);
        return code;
    }

    /**
     * Turns a code into what it grants, once: also a failed attempt uses it up.
     *
     * @param redirectUri as sent, {@code null} if not
     * @param verifier PKCE, {@code null} if not sent
     */
    Redemption redeem(String code, String redirectUri, String verifier) {
        Code found = code == null ? null : codes.remove(code);
        if (found == null || !clock.instant().isBefore(found.expires()) || !proves(found.challenge(), verifier)) {
            return new Redemption.BadCode();
        }
        if (redirectUri != null && !redirectUri.equals(found.redirectUri())) {
            return new Redemption.OtherRedirect();
        }
        return new Redemption.Redeemed(new Access(found.login(), found.scopes()));
    }

    /** The outcomes of redeeming a code. */
    sealed interface Redemption {
        record Redeemed(Access access) implements Redemption {}

        record BadCode() implements Redemption {}

        record OtherRedirect() implements Redemption {}
    }

    String token(Access access) {
        String token = "gho_"
                + random.ints(36, 0, LETTERS.length())
                        .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                        .collect(Collectors.joining());
        tokens.put(token, access);
        handedOut.add(token);
        return token;
    }

    Optional<Access> access(String token) {
        return Optional.ofNullable(tokens.get(token));
    }

    /** Every code and token ever handed out: none may be found in a log. */
    public Stream<String> everHandedOut() {
        return handedOut.stream();
    }

    private static boolean proves(Optional<String> challenge, String verifier) {
        if (challenge.isEmpty()) {
            return verifier == null;
        }
        return verifier != null && challenge.get().equals(s256(verifier));
    }

    private static String s256(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
