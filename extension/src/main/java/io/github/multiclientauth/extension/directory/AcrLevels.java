package io.github.multiclientauth.extension.directory;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads the <em>ACR to LoA Mapping</em> of clients and realms, as Keycloak does. */
final class AcrLevels {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JavaType MAPPING =
            JSON.getTypeFactory().constructMapType(TreeMap.class, String.class, Integer.class);

    private AcrLevels() {}

    /**
     * The number of each level.
     *
     * @param ofClient the client's mapping, {@code null} if it has none
     * @param ofRealm the realm's mapping, for clients without one
     */
    static Map<String, Integer> of(String ofClient, String ofRealm) {
        Map<String, Integer> own = read(ofClient);
        return own.isEmpty() ? read(ofRealm) : own;
    }

    /** Keycloak ignores a mapping that it cannot read, too. */
    private static Map<String, Integer> read(String mapping) {
        if (mapping == null || mapping.isBlank()) {
            return Map.of();
        }
        try {
            Map<String, Integer> levels = JSON.readValue(mapping, MAPPING);
            if (levels == null) {
                return Map.of();
            }
            levels.values().removeIf(Objects::isNull);
            return levels;
        } catch (IOException noMapping) {
            return Map.of();
        }
    }
}
