package io.github.multiclientauth.extension.provider;

import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.util.Optional;

/**
 * An http or https address at a provider's server. The path and the query belong to it: one host may have many tenants.
 *
 * @param path as written, without a slash at its end
 * @param query as written, empty if there is none
 */
public record ServerAddress(Origin origin, String path, String query) {

    /** @return empty if the text is no such address */
    public static Optional<ServerAddress> of(String url) {
        if (url == null) {
            return Optional.empty();
        }
        String text = url.strip();
        return Origin.ofUrl(text).map(origin -> {
            URI uri = URI.create(text);
            String path = uri.getRawPath();
            return new ServerAddress(
                    origin,
                    path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                    uri.getRawQuery() == null ? "" : uri.getRawQuery());
        });
    }
}
