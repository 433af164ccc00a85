package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.Origin;
import java.util.Set;

/** The origins of the facade itself, where it serves applications of other origins. Empty if there are none. */
public record CentralOrigins(Set<Origin> origins) {

    public CentralOrigins {
        origins = Set.copyOf(origins);
    }
}
