package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.util.Set;

/**
 * The absolute address of an endpoint, as proofs name it.
 *
 * @param origins at one of these
 */
public record EndpointAddress(Set<Origin> origins, String path) {

    public EndpointAddress {
        origins = Set.copyOf(origins);
    }

    /** Whether a URL is this address, with nothing behind the path. */
    public boolean is(String url) {
        if (Origin.ofUrl(url).filter(origins::contains).isEmpty()) {
            return false;
        }
        URI uri = URI.create(url);
        return path.equals(uri.getRawPath()) && uri.getRawQuery() == null && uri.getRawFragment() == null;
    }
}
