package io.github.multiclientauth.extension.session;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.extension.directory.ApiAccessMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The formats of the request and its answer. Readers ignore fields that they do not know. */
final class SessionsJson {

    /** How many elements a request may have. */
    static final int MOST = 500;

    private static final String SESSIONS = "sessions";

    /** The claims that a facade uses. All others, such as groups, stay in Keycloak. */
    private static final Set<String> CLAIMS = Set.of(
            "acr",
            "auth_time",
            "azp",
            "clientId",
            "clientOrigin",
            "email",
            "email_verified",
            "name",
            "picture",
            "preferred_username",
            "provider",
            "sid",
            "sub");

    /**
     * The claim whose members applications get: what a mapper adds as {@code claims.department}. And that with the groups and
     * roles that reverse proxies get.
     */
    private static final Set<String> FLAT = Set.of("claims", ApiAccessMapper.PROXY_ACCESS);

    /** The most members that are sent, and elements of one. Facades have room for fewer. */
    private static final int MOST_MEMBERS = 100;

    /** In characters. Facades leave out longer ones. */
    private static final int LONGEST_CLAIM = 2048;

    /** In characters. */
    private static final int LONGEST_FURTHER = 4096;

    /** A SHA-256 in base64url (RFC 7638). */
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Two fields of one name, or a second document, leave open what is meant. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SessionsJson() {}

    /** @return empty if this is no list of 1 to {@link #MOST} elements */
    static Optional<List<Element>> read(byte[] body) {
        try {
            JsonNode sessions = JSON.readTree(body).path(SESSIONS);
            return sessions.isArray() && !sessions.isEmpty() && sessions.size() <= MOST
                    ? Optional.of(StreamSupport.stream(sessions.spliterator(), false)
                            .map(Element::of)
                            .toList())
                    : Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    /**
     * Writes the answer.
     *
     * @param now Keycloak's clock in milliseconds, at most the time of the first verdict
     * @param verdicts in the order of the elements
     */
    static String write(long now, List<Verdict> verdicts) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("now", now);
        ArrayNode sessions = answer.putArray(SESSIONS);
        verdicts.forEach(verdict -> write(sessions.addObject(), verdict));
        return answer.toString();
    }

    /** @return empty if this is no question for a token of this session */
    static Optional<TokenQuestion> readTokenQuestion(String sid, byte[] body) {
        try {
            if (!(JSON.readTree(body) instanceof ObjectNode given)) {
                return Optional.empty();
            }
            JsonNode jkt = given.path("jkt");
            return jkt.isMissingNode()
                            || jkt.isTextual()
                                    && THUMBPRINT.matcher(jkt.textValue()).matches()
                    ? Element.of(given.put("sid", sid).put("extend", false))
                            .question()
                            .map(question -> new TokenQuestion(question, Optional.ofNullable(jkt.textValue())))
                    : Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    /**
     * Writes a token.
     *
     * @param now Keycloak's clock in milliseconds, at most the time of the check
     */
    static String write(long now, TokenAnswer.Issued issued) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("now", now)
                .put("access_token", issued.token())
                .put("token_type", issued.type())
                .put("expires_in", issued.seconds())
                .put("scope", issued.scope())
                .put("sub", issued.subject())
                .toString();
    }

    /**
     * Writes why there is no token.
     *
     * @param ended whether the session is over
     */
    static String refusal(String reason, boolean ended) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reason", reason)
                .put("ended", ended)
                .toString();
    }

    /** Writes the address at which a browser ends a session. */
    static String endAt(String address) {
        return JsonNodeFactory.instance.objectNode().put("endAt", address).toString();
    }

    /** A mapper can write anything. What is very long or deep would spoil the answer about the other sessions. */
    private static ObjectNode needed(ObjectNode claims) {
        ObjectNode needed = JsonNodeFactory.instance.objectNode();
        claims.properties().forEach(claim -> {
            if (CLAIMS.contains(claim.getKey()) && isSmall(claim.getValue())) {
                needed.set(claim.getKey(), claim.getValue());
            } else if (FLAT.contains(claim.getKey()) && isFlat(claim.getValue())) {
                needed.set(claim.getKey(), claim.getValue());
            }
        });
        return needed;
    }

    private static boolean isSmall(JsonNode value) {
        return value.isBoolean()
                || value.isIntegralNumber() && value.canConvertToLong()
                || value.isTextual() && value.textValue().length() <= LONGEST_CLAIM;
    }

    private static boolean isFlat(JsonNode value) {
        return value.isObject()
                && value.size() <= MOST_MEMBERS
                && StreamSupport.stream(value.spliterator(), false)
                        .allMatch(member -> isSmall(member)
                                || member.isNumber()
                                || member.isNull()
                                || member.isArray()
                                        && member.size() <= MOST_MEMBERS
                                        && StreamSupport.stream(member.spliterator(), false)
                                                .allMatch(SessionsJson::isSmall))
                && value.toString().length() <= LONGEST_FURTHER;
    }

    private static void write(ObjectNode entry, Verdict verdict) {
        if (verdict instanceof Verdict.Alive alive) {
            entry.put("alive", true).put("user", alive.user()).put("endsAt", alive.endsAt());
            entry.set("claims", needed(alive.claims()));
        } else if (verdict instanceof Verdict.Ended ended) {
            entry.put("alive", false).put("reason", ended.reason());
        } else if (verdict instanceof Verdict.Unknown unknown) {
            entry.put("error", unknown.error());
        } else {
            entry.put("error", "failed, see Keycloak's log");
        }
    }
}
