package io.github.multiclientauth.facade.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a path asks for: {@code /api/auth/<action>} or {@code /api/auth/<action>/<provider>}.
 *
 * @param provider as written in the path; whether there is such a provider is not known here
 */
public record Route(Action action, Optional<String> provider) {

    /** Where all routes are. */
    public static final String BASE_PATH = "/api/auth";

    /** Where the client's script is, beside the contract. */
    public static final String CLIENT_SCRIPT = BASE_PATH + "/client.js";

    /** Where the facade's public keys are. */
    public static final String KEYS = BASE_PATH + "/jwks.json";

    /** Where Keycloak sends logout tokens. */
    public static final String BACK_CHANNEL_LOGOUT = BASE_PATH + "/backchannel-logout";

    /** No percent sign, semicolon, backslash, dot segment: each route has one spelling, so that rules before it hold. */
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    /** Every action without a provider: most requests are for one of these, spelled exactly so. */
    private static final Map<String, Optional<Route>> PLAIN = Arrays.stream(Action.values())
            .collect(Collectors.toUnmodifiableMap(
                    Action::path, action -> Optional.of(new Route(action, Optional.empty()))));

    /**
     * @param path as it stood in the request line, nothing decoded or normalised
     * @return empty if it is not exactly the path of a route; one slash at the end is allowed, as Auth.js does
     */
    public static Optional<Route> parse(String path) {
        Optional<Route> plain = PLAIN.get(path);
        if (plain != null) {
            return plain;
        }
        if (!path.startsWith(BASE_PATH + "/")) {
            return Optional.empty();
        }
        String rest = path.substring(BASE_PATH.length() + 1);
        String[] segments = (rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest).split("/", -1);
        for (String segment : segments) {
            if (!SEGMENT.matcher(segment).matches()) {
                return Optional.empty();
            }
        }
        return switch (segments.length) {
            case 1 -> Action.of(segments[0]).map(action -> new Route(action, Optional.empty()));
            case 2 ->
                Action.of(segments[0])
                        .filter(Action::takesProvider)
                        .map(action -> new Route(action, provider(segments[1])));
            default -> Optional.empty();
        };
    }

    /** What all paths of this kind have in common: {@code {provider}} stands for any provider. */
    public String template() {
        return provider.isPresent() ? action.withProvider() : action.path();
    }

    /** Clients write a provider that they do not know as {@code undefined}, which Auth.js takes for none. */
    private static Optional<String> provider(String segment) {
        return segment.equals("undefined") ? Optional.empty() : Optional.of(segment);
    }
}
