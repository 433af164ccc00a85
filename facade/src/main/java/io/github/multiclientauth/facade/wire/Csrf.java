package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.seal.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Auth.js' protection against cross-site request forgery: a token in a cookie, with a hash that needs the application's
 * secret, and the same token in the body of every POST.
 */
public final class Csrf {

    private static final int TOKEN_BYTES = 32;
    private static final int TOKEN_LENGTH = 2 * TOKEN_BYTES;
    private static final int LENGTH = 2 * TOKEN_LENGTH + 1;

    private static final HexFormat HEX = HexFormat.of();

    private final SecureRandom random;

    public Csrf(SecureRandom random) {
        this.random = random;
    }

    /**
     * @param value 64 hexadecimal digits
     * @param isNew whether the request had no valid token, so that the cookie must be set
     */
    public record Token(String value, boolean isNew) {

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /** The token of the request's cookie, or a new one if no cookie has a hash that was made with these secrets. */
    public Token token(AuthRequest request, List<Secret> secrets) {
        List<String> presented = presented(request, secrets);
        if (!presented.isEmpty()) {
            return new Token(presented.get(0), false);
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return new Token(HEX.formatHex(bytes), true);
    }

    /**
     * The cookie that carries the token, hashed with the newest secret alone. Auth.js hashes with all secrets together; then a
     * facade that already has the next secret and one that does not would refuse each other's tokens during a rotation.
     *
     * @param secrets at least one, newest first
     */
    public static SetCookie cookie(Token token, CookieNames names, List<Secret> secrets) {
        return SetCookie.forBrowserSession(
                names.csrf(),
                token.value() + '|' + hash(token.value(), secrets.subList(0, 1)),
                CookieNames.SITE_PATH,
                names.secure());
    }

    /**
     * Whether a page of the application sent a POST. Either the POST has the cookie's token. Or it comes from the
     * application's own origin with a header that other sites can send only after a pre-flight, which is never granted there
     * (SvelteKit's client sends no token). At an origin of the facade's own pre-flights are granted, so that only the token
     * counts. It also shows whether the browser keeps cookies for that page.
     */
    public static boolean isProtected(AuthRequest request, List<Secret> secrets) {
        if (request.client().returnRedirect()
                && !request.recognized().isCentral()
                && request.client().origin().filter(request.origin()::equals).isPresent()) {
            return true;
        }
        Optional<String> sent = request.body().get("csrfToken");
        return sent.isPresent() && presented(request, secrets).stream().anyMatch(token -> same(token, sent.get()));
    }

    /** The tokens of all cookies whose hash was made with these secrets. Usually one. */
    private static List<String> presented(AuthRequest request, List<Secret> secrets) {
        List<String> tokens = new ArrayList<>(1);
        for (CookieNames names : request.names().spellings()) {
            for (String cookie : request.cookies().values(names.csrf())) {
                if (hasGenuineHash(cookie, secrets)) {
                    tokens.add(cookie.substring(0, TOKEN_LENGTH));
                }
            }
        }
        return tokens;
    }

    private static boolean hasGenuineHash(String cookie, List<Secret> secrets) {
        if (cookie.length() != LENGTH || cookie.charAt(TOKEN_LENGTH) != '|') {
            return false;
        }
        String token = cookie.substring(0, TOKEN_LENGTH);
        return isToken(token) && isHash(cookie.substring(TOKEN_LENGTH + 1), token, secrets);
    }

    private static boolean isHash(String hash, String token, List<Secret> secrets) {
        for (Secret secret : secrets) {
            if (same(hash, hash(token, List.of(secret)))) {
                return true;
            }
        }
        return secrets.size() > 1 && same(hash, hash(token, secrets));
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Hashes the token with all secrets, joined by commas, as Auth.js does. */
    private static String hash(String token, List<Secret> secrets) {
        MessageDigest digest = Sha256.digest();
        digest.update(token.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < secrets.size(); i++) {
            if (i > 0) {
                digest.update((byte) ',');
            }
            digest.update(secrets.get(i).reveal().getBytes(StandardCharsets.UTF_8));
        }
        return HEX.formatHex(digest.digest());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
