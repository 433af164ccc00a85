package io.github.multiclientauth.facade.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.wire.HeaderText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/**
 * What servers behind a reverse proxy learn about the user beside the address: user name, groups and roles. Only where an
 * application's administrator has switched it on: the extension adds a claim of its own then.
 *
 * @param groups paths of groups, then {@code role:} and a role of the realm, {@code role:<client>:} and a role of the client.
 *     They are written as in {@code X-Auth-Request-Groups}: ASCII, without commas
 * @param leftOut how many groups and roles cannot be used, or have no room. A session does not keep that
 */
public record Membership(Optional<String> username, List<String> groups, int leftOut) {

    public static final Membership NONE = new Membership(Optional.empty(), List.of(), 0);

    /** What the name of a role begins with. No path of a group does. */
    public static final String ROLE = "role:";

    /** The claim of the extension. */
    static final String CLAIM = "proxy_access";

    /** In bytes, of all groups and roles. They share a cookie with everything else. */
    static final int MAX_TOGETHER = 1000;

    /** In characters. The name of a role or group has up to 255 in Keycloak, and a path has several. */
    private static final int MAX_NAME = 1000;

    private static final String SEPARATOR = ",";

    private static final ObjectMapper JSON = new ObjectMapper();

    public Membership {
        groups = List.copyOf(groups);
    }

    /**
     * Reads the claim. Roles get room first, since rules are mostly about them.
     *
     * @param claim the extension's; null if there is none
     * @param room whether there is room for this many bytes more
     */
    static Membership of(Object claim, Optional<String> username, String clientId, IntPredicate room) {
        JsonNode given = claim == null ? null : JSON.valueToTree(claim);
        if (given == null || !given.isObject()) {
            return NONE;
        }
        Optional<String> taken = username.filter(name -> room.test(bytesOfUsername(name)));
        Room left = new Room(room);
        List<String> roles = new ArrayList<>();
        left.take(given.path("roles"), role -> ROLE + encoded(role), roles);
        left.take(given.path("client_roles"), role -> ROLE + encoded(clientId) + ":" + encoded(role), roles);
        List<String> groups = new ArrayList<>();
        left.take(given.path("groups"), path -> path.startsWith("/") ? HeaderText.encode(path, SEPARATOR) : "", groups);
        groups.addAll(roles);
        return new Membership(taken, groups, left.leftOut);
    }

    /** A colon in a name would make a role of the realm look like one of a client. */
    private static String encoded(String name) {
        return HeaderText.encode(name, SEPARATOR + ":");
    }

    private static final class Room {

        private final IntPredicate ofAll;
        private int left = MAX_TOGETHER;
        private int leftOut;

        private Room(IntPredicate ofAll) {
            this.ofAll = ofAll;
        }

        private void take(JsonNode names, UnaryOperator<String> form, List<String> to) {
            if (!names.isArray()) {
                return;
            }
            StreamSupport.stream(names.spliterator(), false)
                    .map(name -> isName(name) ? form.apply(name.textValue()) : "")
                    .sorted()
                    .forEach(name -> {
                        int bytes = bytesOfGroup(name);
                        if (!name.isEmpty() && bytes <= left && ofAll.test(bytes)) {
                            left -= bytes;
                            to.add(name);
                        } else {
                            leftOut++;
                        }
                    });
        }

        private static boolean isName(JsonNode name) {
            return name.isTextual() && IdentityClaims.isUsable(name.textValue(), MAX_NAME);
        }
    }

    /** The one text in which a session keeps the groups and roles. */
    public String written() {
        return String.join(SEPARATOR, groups);
    }

    /** Reads what {@link #written} wrote. */
    public static Membership read(Optional<String> username, Optional<String> written) {
        return username.isEmpty() && written.isEmpty()
                ? NONE
                : new Membership(
                        username,
                        written.map(text -> List.of(text.split(SEPARATOR))).orElse(List.of()),
                        0);
    }

    /** The length in a cookie. */
    int bytes() {
        return username.map(Membership::bytesOfUsername).orElse(0)
                + groups.stream().mapToInt(Membership::bytesOfGroup).sum();
    }

    private static int bytesOfUsername(String name) {
        return IdentityClaims.bytes(name) + "\"proxyUser\":\"\",".length();
    }

    /** With a share of the name of the claim. */
    private static int bytesOfGroup(String name) {
        return IdentityClaims.bytes(name) + SEPARATOR.length() + 1;
    }

    /** The same without what has no room in these bytes. */
    Membership within(int most) {
        List<String> kept = new ArrayList<>();
        int left = most - username.map(Membership::bytesOfUsername).orElse(0);
        for (String name : groups) {
            left -= bytesOfGroup(name);
            if (left < 0) {
                return new Membership(username, kept, leftOut + groups.size() - kept.size());
            }
            kept.add(name);
        }
        return this;
    }
}
