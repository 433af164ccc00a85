package io.github.multiclientauth.testbed.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import java.util.List;

/**
 * An application of the facade: the relying party of a case.
 *
 * @param pushes whether its authorization requests are pushed (PAR)
 */
record Party(String clientId, List<Origin> origins, boolean pushes) {

    /** The alias of the identity provider that all of them offer. */
    static final String PROVIDER = "github";

    /** A second one. */
    static final String OTHER_PROVIDER = "google";

    Origin origin() {
        return origins.get(0);
    }

    /** The entry in the extension's directory. */
    ObjectNode entry() {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("clientId", clientId)
                .put("enabled", true)
                .put("authentication", "none")
                .put("par", pushes);
        origins.forEach(origin -> entry.withArray("webOrigins").add(origin.toString()));
        for (String alias : List.of(PROVIDER, OTHER_PROVIDER)) {
            entry.withArray("providers").addObject().put("alias", alias);
        }
        return entry;
    }
}
