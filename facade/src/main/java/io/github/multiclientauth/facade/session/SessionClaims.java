package io.github.multiclientauth.facade.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.multiclientauth.facade.oidc.Authentication;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.Membership;
import io.github.multiclientauth.facade.oidc.UserClaims;
import io.github.multiclientauth.facade.wire.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A session as the claims of a token, and as the JSON that {@code getSession()} gets.
 *
 * <p>Application servers that share the secret decode the token and seal it again with a new {@code iat}, {@code exp} and
 * {@code jti}. Those three decide nothing here, except that a token is not used after its {@code exp}.
 *
 * <p>Read as a stream, which saves 1.5 of the 16 µs of a session read from an unseen cookie. A tree is fast enough to
 * write.
 */
final class SessionClaims {

    /** How much clocks may differ, as in Auth.js. */
    static final Duration TOLERANCE = Duration.ofSeconds(15);

    /** In characters. OpenID Connect limits a {@code sub} to 255. */
    private static final int LONGEST_SUBJECT = 512;

    /** What the extension takes for a session's id. One that is none would spoil the question about others. */
    private static final Pattern SID = Pattern.compile("[!-~]{1,100}");

    /** Whether servers of the application show how the user authenticated. */
    private static final String SHOWN = "stepUp";

    /** Whether the sign-in demanded something of the authentication. The mapper's switch can change, this cannot. */
    private static final String DEMANDED = "demanded";

    /** Names that no application's server gives to claims of its own. */
    private static final String PROXY_USER = "proxyUser";

    private static final String PROXY_GROUPS = "proxyGroups";

    private static final String PROOF = "proof";

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper TREES = new ObjectMapper();

    private SessionClaims() {}

    /**
     * @param shown whether servers of the application show how the user authenticated, as {@link #json} does
     * @param proof the code of {@link SessionProof}; empty for none
     */
    static byte[] write(Session session, boolean shown, Optional<String> proof, Instant now) {
        Identity identity = session.identity();
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        put(claims, "name", identity.name());
        put(claims, "email", identity.email());
        put(claims, "picture", identity.picture());
        claims.put("sub", identity.subject()).put("sid", identity.sid());
        put(claims, "provider", identity.provider());
        put(claims, "clientOrigin", identity.clientOrigin());
        if (identity.pairwise()) {
            claims.put("pairwise", true);
        }
        put(claims, identity.claims());
        put(claims, PROXY_USER, identity.membership().username());
        if (!identity.membership().groups().isEmpty()) {
            claims.put(PROXY_GROUPS, identity.membership().written());
        }
        put(claims, identity.authentication(), shown);
        put(claims, PROOF, proof);
        return claims.put("clientId", identity.clientId())
                .put("emailVerified", identity.emailVerified())
                .put("signedInAt", session.signedInAt().toEpochMilli())
                .put("checkedAt", session.checkedAt().getEpochSecond())
                .put("checkedAtMillis", session.checkedAt().toEpochMilli())
                .put("endsAt", session.endsAt().toEpochMilli())
                .put("iat", now.getEpochSecond())
                .put("exp", session.endsAt().getEpochSecond())
                .put("jti", UUID.randomUUID().toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The claims of a token. Time limits are not checked.
     *
     * @param proof the code of {@link SessionProof}, if there is one. It is not checked
     * @param expiresAt of the token, in seconds since the epoch
     * @param notBefore likewise, 0 if the token has none
     */
    record Claims(Session session, Optional<String> proof, long expiresAt, long notBefore) {

        /** Whether the session has begun and has not ended. */
        boolean areInTime(Instant now) {
            Instant over = now.minus(TOLERANCE);
            return haveBegun(now) && session.endsAt().isAfter(over) && expiresAt > over.getEpochSecond();
        }

        /**
         * Whether the session has begun, and nothing but the end that Keycloak had set for it then can be over. Keycloak may
         * have extended it since.
         */
        boolean mayBeExtended(Instant now) {
            return haveBegun(now) && expiresAt >= session.endsAt().getEpochSecond();
        }

        private boolean haveBegun(Instant now) {
            Instant soon = now.plus(TOLERANCE);
            return !session.signedInAt().isAfter(soon) && notBefore <= soon.getEpochSecond();
        }
    }

    /**
     * Reads the claims of a token, whatever the time is.
     *
     * @return empty if the claims are not a session. Another kind of sealed value never is one, since it lacks {@code sub},
     *     {@code sid} or {@code clientId}
     */
    static Optional<Claims> parse(byte[] token) {
        try (JsonParser json = JSON.createParser(token)) {
            return new Reader(json).claims();
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The claims that have been read so far. Of a claim that occurs twice the last one counts. */
    private static final class Reader {

        private final JsonParser json;
        private String subject;
        private String sid;
        private String clientId;
        private String name;
        private String email;
        private boolean emailVerified;
        private String picture;
        private String provider;
        private String clientOrigin;
        private Long signedInAt;
        private Long checkedAt;
        private Long checkedAtMillis;
        private boolean pairwise;
        private UserClaims claims = UserClaims.NONE;
        private String acr;
        private Long authTime;
        private List<String> methods = List.of();
        private Authentication.Actor actor;
        private boolean demanded;
        private String proxyUser;
        private String proxyGroups;
        private String proof;
        private Long endsAt;
        private Long expiresAt;
        private long notBefore;

        private Reader(JsonParser json) {
            this.json = json;
        }

        private Optional<Claims> claims() throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String claim = json.nextFieldName(); claim != null; claim = json.nextFieldName()) {
                json.nextToken();
                take(claim);
                json.skipChildren();
            }
            // Null before the end too, if what stands there is no name.
            return json.currentToken() == JsonToken.END_OBJECT && isComplete()
                    ? Optional.of(found())
                    : Optional.empty();
        }

        private void take(String claim) throws IOException {
            switch (claim) {
                case "sub" -> subject = subject();
                case "sid" -> sid = sid();
                case "clientId" -> clientId = text();
                case "name" -> name = text();
                case "email" -> email = text();
                case "emailVerified" -> emailVerified = json.hasToken(JsonToken.VALUE_TRUE);
                case "picture" -> picture = text();
                case "provider" -> provider = text();
                case "clientOrigin" -> clientOrigin = text();
                case "signedInAt" -> signedInAt = number();
                case "checkedAt" -> checkedAt = number();
                case "checkedAtMillis" -> checkedAtMillis = number();
                case UserClaims.CLAIM ->
                    claims = UserClaims.of(TREES.readTree(json)).kept();
                case "acr" -> acr = text();
                case "auth_time" -> authTime = number();
                case "amr" -> methods = methods(TREES.readTree(json));
                case "act" -> actor = actor(TREES.readTree(json));
                case DEMANDED -> demanded = json.hasToken(JsonToken.VALUE_TRUE);
                case PROXY_USER -> proxyUser = text();
                case PROXY_GROUPS -> proxyGroups = text();
                case PROOF -> proof = text();
                case "pairwise" -> pairwise = json.hasToken(JsonToken.VALUE_TRUE);
                case "endsAt" -> endsAt = number();
                case "exp" -> expiresAt = number();
                case "nbf" -> notBefore = json.getValueAsLong(0);
                default -> {
                    // Applications may add claims.
                }
            }
        }

        private String text() throws IOException {
            return json.hasToken(JsonToken.VALUE_STRING) && json.getTextLength() > 0 ? json.getText() : null;
        }

        /** Null if it is too long, since revocations keep ids for as long as a session can last. */
        private String subject() throws IOException {
            String id = text();
            return id != null && id.length() <= LONGEST_SUBJECT ? id : null;
        }

        private String sid() throws IOException {
            String id = text();
            return id != null && SID.matcher(id).matches() ? id : null;
        }

        private Long number() throws IOException {
            return json.hasToken(JsonToken.VALUE_NUMBER_INT)
                            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    ? json.getLongValue()
                    : null;
        }

        private static List<String> methods(JsonNode given) {
            return StreamSupport.stream(given.spliterator(), false)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .toList();
        }

        private static Authentication.Actor actor(JsonNode given) {
            return given.isObject()
                    ? new Authentication.Actor(
                            given.path("sub").asText(),
                            Optional.ofNullable(given.path("name").textValue()))
                    : null;
        }

        private boolean isComplete() {
            return subject != null
                    && sid != null
                    && clientId != null
                    && signedInAt != null
                    && checkedAt != null
                    && endsAt != null
                    && expiresAt != null;
        }

        private Claims found() {
            Identity identity = new Identity(
                    subject,
                    sid,
                    Optional.ofNullable(name),
                    Optional.ofNullable(email),
                    email != null && emailVerified,
                    Optional.ofNullable(picture),
                    Optional.ofNullable(provider),
                    Optional.ofNullable(clientOrigin),
                    clientId,
                    pairwise,
                    claims,
                    new Authentication(
                            Optional.ofNullable(acr),
                            Optional.ofNullable(authTime).map(Instant::ofEpochSecond),
                            methods,
                            Optional.ofNullable(actor),
                            demanded),
                    Membership.read(Optional.ofNullable(proxyUser), Optional.ofNullable(proxyGroups)));
            return new Claims(
                    new Session(identity, Instant.ofEpochMilli(signedInAt), checkedAt(), Instant.ofEpochMilli(endsAt)),
                    Optional.ofNullable(proof),
                    expiresAt,
                    notBefore);
        }

        /**
         * To the millisecond, if the cookie says it: whether a change was before or after it is a matter of less than a
         * second. Cookies of older releases say the second, and those read only that.
         */
        private Instant checkedAt() {
            return checkedAtMillis != null && Math.floorDiv(checkedAtMillis, 1000L) == checkedAt
                    ? Instant.ofEpochMilli(checkedAtMillis)
                    : Instant.ofEpochSecond(checkedAt);
        }
    }

    /**
     * {@code {"user":{…},"expires":"…"}}; claims that Keycloak does not give are left out.
     *
     * @param shown whether it also says how the user authenticated
     */
    static String json(Session session, boolean shown) {
        Identity identity = session.identity();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode user = answer.putObject("user").put("id", identity.subject());
        put(user, "name", identity.name());
        put(user, "email", identity.email());
        put(user, "image", identity.picture());
        put(user, "provider", identity.provider());
        put(user, "clientOrigin", identity.clientOrigin());
        user.put("clientId", identity.clientId()).put("emailVerified", identity.emailVerified());
        put(user, identity.claims());
        answer.put("expires", Timestamps.iso8601(session.endsAt()));
        Authentication authentication = identity.authentication();
        if (shown) {
            put(answer, "acr", authentication.acr());
            put(answer, "authTime", authentication.time().map(Timestamps::iso8601));
            put(answer, "amr", authentication.methods());
        }
        authentication.actor().ifPresent(who -> put(answer.putObject("actor").put("id", who.id()), "name", who.name()));
        return answer.toString();
    }

    private static void put(ObjectNode claims, Authentication authentication, boolean shown) {
        put(claims, "acr", authentication.acr());
        authentication.time().ifPresent(time -> claims.put("auth_time", time.getEpochSecond()));
        put(claims, "amr", authentication.methods());
        authentication.actor().ifPresent(who -> put(claims.putObject("act").put("sub", who.id()), "name", who.name()));
        if (shown) {
            claims.put(SHOWN, true);
        }
        if (authentication.demanded()) {
            claims.put(DEMANDED, true);
        }
    }

    /** Writes nothing if there are none. */
    private static void put(ObjectNode object, String name, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(object.putArray(name)::add);
        }
    }

    /** Writes nothing if there are none. */
    private static void put(ObjectNode object, UserClaims claims) {
        if (!claims.isEmpty()) {
            object.putRawValue(UserClaims.CLAIM, new RawValue(claims.json()));
        }
    }

    /** Writes nothing if there is no value. */
    private static void put(ObjectNode object, String name, Optional<String> value) {
        value.ifPresent(text -> object.put(name, text));
    }
}
