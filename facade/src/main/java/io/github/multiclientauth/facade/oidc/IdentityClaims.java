package io.github.multiclientauth.facade.oidc;

import io.github.multiclientauth.facade.client.ClientId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads an identity from claims, of an ID token or of an answer about a session. */
final class IdentityClaims {

    private static final Pattern ASCII_CAPITALS = Pattern.compile("[A-Z]+");

    /** In characters. The user name of a federated account, up to 255 characters, is part of a {@code sub}. */
    private static final int MAX_IDENTIFIER = 512;

    /** In characters. Neither the extension nor a session's cookie takes a longer one. */
    private static final int MAX_SID = 100;

    /** In characters. The address of a picture is the longest claim. */
    private static final int MAX_TEXT = 2048;

    /** How many bytes all claims may have together. A session then fits into one cookie, and into the room that it has. */
    static final int MAX_TOGETHER = 1500;

    /**
     * The only accepted form of a picture's address. A {@code javascript:} address would run where an application makes
     * a link of it.
     */
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);

    private final Function<String, Object> claims;

    /** @param claims the value of a claim by its name; null if there is none */
    IdentityClaims(Function<String, Object> claims) {
        this.claims = claims;
    }

    /** The claims are unusable. The message does not quote them. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /** @param clientId the client that the claims must be for */
    Identity identity(ClientId clientId, boolean pairwise) throws UnusableException {
        Object party = claims.apply("azp");
        if (party != null && !party.equals(clientId.value())) {
            throw new UnusableException("for another client");
        }
        Object client = claims.apply("clientId");
        if (client != null && !client.equals(clientId.value())) {
            throw new UnusableException("with another clientId");
        }
        String subject = identifier("sub");
        String sid = identifier("sid");
        if (sid.length() > MAX_SID) {
            throw new UnusableException("with an odd sid: at most " + MAX_SID + " characters are accepted");
        }
        Optional<String> provider =
                claims.apply("provider") == null ? Optional.empty() : Optional.of(identifier("provider"));
        Optional<String> origin = text("clientOrigin");
        // What decides something stays. The rest is left out if it does not fit, the picture first.
        Room room = new Room(subject, sid, provider.orElse(""), origin.orElse(""), clientId.value());
        Optional<String> address = text("email").filter(room::takes);
        Optional<String> name =
                text("name").or(() -> text("preferred_username")).filter(room::takes);
        UserClaims further = UserClaims.of(claims.apply(UserClaims.CLAIM), room::takes);
        return new Identity(
                subject,
                sid,
                name,
                address.map(IdentityClaims::lowerCase),
                address.isPresent() && Boolean.TRUE.equals(claims.apply("email_verified")),
                text("picture")
                        .filter(picture -> WEB_ADDRESS.matcher(picture).matches())
                        .filter(room::takes),
                provider,
                origin,
                clientId.value(),
                pairwise,
                further);
    }

    /** The room that is left in the cookie. */
    private static final class Room {

        private int left = MAX_TOGETHER;

        private Room(String... needed) throws UnusableException {
            for (String text : needed) {
                left -= bytes(text);
            }
            if (left < 0) {
                throw new UnusableException("with ids of more than " + MAX_TOGETHER + " bytes together");
            }
        }

        private boolean takes(String text) {
            int bytes = bytes(text);
            if (bytes > left) {
                return false;
            }
            left -= bytes;
            return true;
        }

        /** The length in JSON, where quotation marks and backslashes are escaped. */
        private static int bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length
                    + (int) text.chars().filter(c -> c == '"' || c == '\\').count();
        }
    }

    /**
     * The address in lower case, as in Auth.js. Only ASCII letters are changed: the lower case of the Kelvin sign is a
     * k, which is another mailbox.
     */
    private static String lowerCase(String email) {
        return ASCII_CAPITALS.matcher(email).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
    }

    /** A claim that decides something. The claims are unusable if it is missing or unusable. */
    private String identifier(String name) throws UnusableException {
        Object value = claims.apply(name);
        if (value == null || value.equals("")) {
            throw new UnusableException("without " + name);
        }
        if (!(value instanceof String text) || !isIdentifier(text)) {
            throw new UnusableException("with an odd " + name + ": at most " + MAX_IDENTIFIER
                    + " characters of text without control characters are accepted");
        }
        return text;
    }

    /** Whether the text can identify a user, a session or a provider. */
    static boolean isIdentifier(String text) {
        return !text.isBlank() && isUsable(text, MAX_IDENTIFIER);
    }

    /** A claim that is only displayed. It is left out if it is unusable. */
    private Optional<String> text(String name) {
        return claims.apply(name) instanceof String value && !value.isBlank() && isUsable(value, MAX_TEXT)
                ? Optional.of(value)
                : Optional.empty();
    }

    /** Whether the text is short enough for a cookie and has no control characters and no unpaired surrogates. */
    static boolean isUsable(String text, int longest) {
        return text.length() <= longest
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
