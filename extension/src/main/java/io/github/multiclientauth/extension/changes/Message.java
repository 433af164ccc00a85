package io.github.multiclientauth.extension.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a node tells the others.
 *
 * @param node the name that it has taken at its start
 * @param number counts its messages, from 1
 * @param leaves whether this is its last one
 */
record Message(String node, long number, boolean leaves, Outbox.Batch batch) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns empty if it is none of ours. */
    static Optional<Message> read(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            String node = message.path("node").textValue();
            return node == null
                    ? Optional.empty()
                    : Optional.of(new Message(
                            node,
                            message.path("number").longValue(),
                            message.path("leaves").booleanValue(),
                            batch(message)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Outbox.Batch batch(JsonNode message) {
        Map<String, Set<Change>> realms = new HashMap<>();
        message.path("realms").properties().forEach(realm -> {
            Set<Change> changes = realms.computeIfAbsent(realm.getKey(), absent -> new LinkedHashSet<>());
            realm.getValue().forEach(change -> changes.add(ChangesJson.read(change)));
        });
        return new Outbox.Batch(realms, message.path("anything").booleanValue());
    }

    String text() {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("node", node).put("number", number);
        if (leaves) {
            message.put("leaves", true);
        }
        if (batch.anything()) {
            message.put("anything", true);
        }
        ObjectNode realms = message.putObject("realms");
        batch.realms().forEach((realmId, changes) -> {
            ArrayNode entries = realms.putArray(realmId);
            changes.forEach(change -> ChangesJson.write(entries.addObject(), change));
        });
        return message.toString();
    }
}
