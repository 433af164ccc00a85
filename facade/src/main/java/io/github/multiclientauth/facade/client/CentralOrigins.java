package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.Origin;
import java.util.Set;

/** Origins of the facade itself, where it serves applications of other origins; none if it has no such. */
public record CentralOrigins(Set<Origin> origins) {

    public CentralOrigins {
        origins = Set.copyOf(origins);
    }
}
