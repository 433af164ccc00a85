package io.github.multiclientauth.facade.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Claims that an application's administrator adds to its sessions: the members of the claim {@code claims}. A mapper of
 * Keycloak writes one there if its <em>Token Claim Name</em> is {@code claims.department}. Texts, numbers, {@code true} and
 * {@code false}, and lists of texts.
 *
 * @param json an object, in the order of its names; empty if there are none
 * @param leftOut the names of members that cannot be used, or for which there is no room. They are not kept in a session
 */
public record UserClaims(String json, List<String> leftOut) {

    /** The name of the claim in tokens and cookies. */
    public static final String CLAIM = "claims";

    public static final UserClaims NONE = new UserClaims("", List.of());

    /** In bytes of JSON. They share a cookie with everything else. */
    static final int MAX_TOGETHER = 1000;

    /** How many names are told. */
    private static final int MAX_TOLD = 20;

    private static final int MAX_ELEMENTS = 100;

    /** Also no name that means something to JavaScript's objects, such as {@code __proto__}. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private static final ObjectMapper JSON = new ObjectMapper();

    public UserClaims {
        leftOut = List.copyOf(leftOut);
    }

    /** Reads the claim, wherever it comes from. Anything but an object is none. */
    public static UserClaims of(Object claim) {
        return claim == null ? NONE : of(claim, text -> true);
    }

    /** @param room whether there is room for this much more */
    static UserClaims of(Object claim, Predicate<String> room) {
        JsonNode given = claim == null ? null : JSON.valueToTree(claim);
        if (given == null || !given.isObject()) {
            return NONE;
        }
        ObjectNode taken = JsonNodeFactory.instance.objectNode();
        List<String> leftOut = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        given.fieldNames().forEachRemaining(names::add);
        int left = MAX_TOGETHER - "{}".length();
        for (String name : names) {
            JsonNode value = given.get(name);
            String member = "\"" + name + "\":" + value + ",";
            int bytes = member.getBytes(StandardCharsets.UTF_8).length;
            if (value.isNull()) {
                continue;
            }
            if (NAME.matcher(name).matches() && isUsable(value) && bytes <= left && room.test(member)) {
                taken.set(name, value);
                left -= bytes;
            } else if (leftOut.size() < MAX_TOLD) {
                leftOut.add(name);
            }
        }
        return new UserClaims(taken.isEmpty() ? "" : taken.toString(), leftOut);
    }

    private static boolean isUsable(JsonNode value) {
        if (value.isArray()) {
            return value.size() <= MAX_ELEMENTS
                    && StreamSupport.stream(value.spliterator(), false).allMatch(UserClaims::isText);
        }
        return isText(value)
                || value.isBoolean()
                || value.isIntegralNumber() && value.canConvertToLong()
                || value.isFloatingPointNumber() && Double.isFinite(value.doubleValue());
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual() && IdentityClaims.isUsable(value.textValue(), MAX_TOGETHER);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return json.isEmpty();
    }

    /** The same without what was left out: what a session keeps. */
    public UserClaims kept() {
        return leftOut.isEmpty() ? this : new UserClaims(json, List.of());
    }
}
