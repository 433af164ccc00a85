package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.wire.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the endpoint for a path. */
final class RoutingTable {

    /** No percent sign, semicolon, backslash, dot segment: each route has one spelling, so that rules of proxies hold. */
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    /** Clients write a provider that they do not know as {@code undefined}, and Auth.js treats that as none. */
    private static final String NO_PROVIDER = "undefined";

    private final Map<String, Optional<Destination>> byName = new HashMap<>();

    /** The same by the path. Most requests have no provider and are spelled exactly like this. */
    private final Map<String, Optional<Destination>> byPath = new HashMap<>();

    RoutingTable(List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            String name = endpoint.rules().name();
            String path = Route.BASE_PATH + "/" + name;
            Optional<Destination> destination =
                    Optional.of(new Destination(endpoint, new Route(name, Optional.empty()), path));
            byName.put(name, destination);
            byPath.put(path, destination);
        }
    }

    Optional<Destination> find(String path) {
        Optional<Destination> plain = byPath.get(path);
        if (plain != null) {
            return plain;
        }
        if (!path.startsWith(Route.BASE_PATH + "/")) {
            return Optional.empty();
        }
        String rest = path.substring(Route.BASE_PATH.length() + 1);
        String[] segments = (rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest).split("/", -1);
        for (String segment : segments) {
            if (!SEGMENT.matcher(segment).matches()) {
                return Optional.empty();
            }
        }
        Optional<Destination> named = byName.getOrDefault(segments[0], Optional.empty());
        return switch (segments.length) {
            case 1 -> named;
            case 2 ->
                named.filter(found -> found.endpoint().rules().path() == Rules.Path.NAME_AND_PROVIDER)
                        .map(found -> segments[1].equals(NO_PROVIDER) ? found : withProvider(found, segments[1]));
            default -> Optional.empty();
        };
    }

    private static Destination withProvider(Destination plain, String provider) {
        return new Destination(
                plain.endpoint(),
                new Route(plain.route().name(), Optional.of(provider)),
                plain.template() + "/{provider}");
    }
}
