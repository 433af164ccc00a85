package io.github.multiclientauth.facade.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.client.ClientId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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

    /** In bytes. */
    private static final int MAX_ACR = 100;

    private static final int MAX_METHODS = 8;

    /** In bytes. Those of RFC 8176 have up to four. */
    private static final int MAX_METHOD = 16;

    /** In bytes, for the id of an administrator and for the name. */
    private static final int MAX_ACTOR = 100;

    /** In seconds since the epoch: the year 5138. What is later is no time. */
    private static final long LAST = 99_999_999_999L;

    private static final ObjectMapper JSON = new ObjectMapper();

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
        Authentication authentication = room.taken(authentication());
        Optional<String> address = text("email").filter(room::takes);
        Optional<String> name =
                text("name").or(() -> text("preferred_username")).filter(room::takes);
        Membership membership = Membership.of(
                claims.apply(Membership.CLAIM), text("preferred_username"), clientId.value(), room::takes);
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
                further,
                authentication,
                membership);
    }

    /** How the user authenticated. What is unusable is not known: a demand for it is then not met. */
    private Authentication authentication() {
        JsonNode time = JSON.valueToTree(claims.apply("auth_time"));
        JsonNode methods = JSON.valueToTree(claims.apply("amr"));
        return new Authentication(
                text("acr").filter(acr -> bytes(acr) <= MAX_ACR),
                time.isIntegralNumber() && time.canConvertToLong() && LAST > time.longValue() && time.longValue() > 0
                        ? Optional.of(Instant.ofEpochSecond(time.longValue()))
                        : Optional.empty(),
                isListOfMethods(methods)
                        ? StreamSupport.stream(methods.spliterator(), false)
                                .map(JsonNode::textValue)
                                .toList()
                        : List.of(),
                actor(JSON.valueToTree(claims.apply("act"))),
                false);
    }

    private static boolean isListOfMethods(JsonNode given) {
        return given.isArray()
                && given.size() <= MAX_METHODS
                && StreamSupport.stream(given.spliterator(), false).allMatch(each -> isText(each, MAX_METHOD));
    }

    /** An actor without a usable id is one all the same: impersonation is never hidden. */
    private static Optional<Authentication.Actor> actor(JsonNode act) {
        if (act.isNull() || act.isMissingNode()) {
            return Optional.empty();
        }
        JsonNode id = act.path("sub");
        JsonNode name = act.path("name");
        return Optional.of(new Authentication.Actor(
                isText(id, MAX_ACTOR) ? id.textValue() : "",
                isText(name, MAX_ACTOR) ? Optional.of(name.textValue()) : Optional.empty()));
    }

    private static boolean isText(JsonNode node, int longest) {
        return node.isTextual()
                && !node.textValue().isBlank()
                && bytes(node.textValue()) <= longest
                && isUsable(node.textValue(), longest);
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

        /** What there is room for. It comes before all that is only displayed, the methods last. */
        private Authentication taken(Authentication given) {
            Authentication withoutMethods = given.withoutMethods();
            return takes(bytes(given)) ? given : takes(bytes(withoutMethods)) ? withoutMethods : Authentication.UNKNOWN;
        }

        private boolean takes(String text) {
            return takes(bytes(text));
        }

        private boolean takes(int bytes) {
            if (bytes > left) {
                return false;
            }
            left -= bytes;
            return true;
        }
    }

    /** Whether the claims of an identity fit into a cookie. Each was read with another authentication. */
    static boolean fit(Identity identity) {
        return room(identity) >= 0;
    }

    /** How many bytes are left in the cookie. Negative if the claims do not fit. */
    static int room(Identity identity) {
        int others = Stream.of(
                        Optional.of(identity.subject()),
                        Optional.of(identity.sid()),
                        identity.name(),
                        identity.email(),
                        identity.picture(),
                        identity.provider(),
                        identity.clientOrigin(),
                        Optional.of(identity.clientId()))
                .flatMap(Optional::stream)
                .mapToInt(IdentityClaims::bytes)
                .sum();
        int further = identity.claims().json().getBytes(StandardCharsets.UTF_8).length;
        return MAX_TOGETHER
                - bytes(identity.authentication())
                - others
                - further
                - identity.membership().bytes();
    }

    /** The length of the claims in JSON, with their names: the others have theirs in any case. */
    private static int bytes(Authentication authentication) {
        int bytes = authentication.acr().map(acr -> bytes(acr) + 9).orElse(0);
        bytes += authentication.time().isPresent() ? 23 : 0;
        bytes += authentication.methods().isEmpty() ? 0 : 9;
        bytes += authentication.methods().stream()
                .mapToInt(each -> bytes(each) + 3)
                .sum();
        bytes += authentication
                .actor()
                .map(who -> bytes(who.id()) + bytes(who.name().orElse("")) + 27)
                .orElse(0);
        return bytes;
    }

    /** The length in JSON, where quotation marks and backslashes are escaped. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length
                + (int) text.chars().filter(c -> c == '"' || c == '\\').count();
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
