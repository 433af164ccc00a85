package io.github.multiclientauth.facade.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.oidc.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A session as the claims of a token, and as the JSON that {@code getSession()} gets.
 *
 * <p>Application servers that share the secret decode the token and seal it again with a new {@code iat}, {@code exp} and
 * {@code jti}: those three decide nothing here except that a token is not used after its {@code exp}.
 */
final class SessionClaims {

    /** As much as clocks may differ, as in Auth.js. */
    private static final Duration TOLERANCE = Duration.ofSeconds(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    private SessionClaims() {}

    static byte[] write(Session session, Instant now) {
        Identity identity = session.identity();
        ObjectNode claims = JSON.createObjectNode();
        identity.name().ifPresent(value -> claims.put("name", value));
        identity.email().ifPresent(value -> claims.put("email", value));
        identity.picture().ifPresent(value -> claims.put("picture", value));
        claims.put("sub", identity.subject());
        claims.put("sid", identity.sid());
        identity.provider().ifPresent(value -> claims.put("provider", value));
        identity.clientOrigin().ifPresent(value -> claims.put("clientOrigin", value));
        claims.put("clientId", identity.clientId());
        claims.put("signedInAt", session.signedInAt().toEpochMilli());
        claims.put("checkedAt", session.checkedAt().getEpochSecond());
        claims.put("endsAt", session.endsAt().toEpochMilli());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", session.endsAt().getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        return bytes(claims);
    }

    /**
     * @return empty if the claims are no session, or one that has ended: a sealed value of another kind never is one,
     *     since it lacks {@code sub}, {@code sid} or {@code clientId}
     */
    static Optional<Session> read(byte[] token, Instant now) {
        try {
            JsonNode claims = JSON.readTree(token);
            Optional<String> subject = text(claims, "sub");
            Optional<String> sid = text(claims, "sid");
            Optional<String> clientId = text(claims, "clientId");
            if (subject.isEmpty() || sid.isEmpty() || clientId.isEmpty()) {
                return Optional.empty();
            }
            for (String number : new String[] {"exp", "signedInAt", "checkedAt", "endsAt"}) {
                if (!claims.path(number).isIntegralNumber()
                        || !claims.path(number).canConvertToLong()) {
                    return Optional.empty();
                }
            }
            Instant endsAt = Instant.ofEpochMilli(claims.get("endsAt").longValue());
            Instant over = now.minus(TOLERANCE);
            Instant signedInAt = Instant.ofEpochMilli(claims.get("signedInAt").longValue());
            Instant checkedAt = Instant.ofEpochSecond(claims.get("checkedAt").longValue());
            Instant soon = now.plus(TOLERANCE);
            // The application's server can write what it likes: a session checked in the future would never be checked.
            if (signedInAt.isAfter(soon) || checkedAt.isAfter(soon)) {
                return Optional.empty();
            }
            if (!endsAt.isAfter(over)
                    || claims.get("exp").longValue() <= over.getEpochSecond()
                    || claims.path("nbf").asLong(0) > soon.getEpochSecond()) {
                return Optional.empty();
            }
            return Optional.of(new Session(
                    new Identity(
                            subject.get(),
                            sid.get(),
                            text(claims, "name"),
                            text(claims, "email"),
                            text(claims, "picture"),
                            text(claims, "provider"),
                            text(claims, "clientOrigin"),
                            clientId.get()),
                    signedInAt,
                    checkedAt,
                    endsAt));
        } catch (IOException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code {"user":{…},"expires":"…"}}; claims that Keycloak does not give are left out. */
    static String json(Session session) {
        Identity identity = session.identity();
        ObjectNode body = JSON.createObjectNode();
        ObjectNode user = body.putObject("user");
        user.put("id", identity.subject());
        identity.name().ifPresent(value -> user.put("name", value));
        identity.email().ifPresent(value -> user.put("email", value));
        identity.picture().ifPresent(value -> user.put("image", value));
        identity.provider().ifPresent(value -> user.put("provider", value));
        identity.clientOrigin().ifPresent(value -> user.put("clientOrigin", value));
        user.put("clientId", identity.clientId());
        body.put("expires", iso8601(session.endsAt()));
        return new String(bytes(body), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** With milliseconds even if they are zero, as ECMAScript's {@code toISOString}. */
    private static String iso8601(Instant time) {
        String text = time.truncatedTo(ChronoUnit.MILLIS).toString();
        return text.length() == 20 ? text.replace("Z", ".000Z") : text;
    }

    private static Optional<String> text(JsonNode claims, String name) {
        JsonNode value = claims == null ? null : claims.get(name);
        return value != null && value.isTextual() && !value.textValue().isEmpty()
                ? Optional.of(value.textValue())
                : Optional.empty();
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
