package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An event listener of the extension. Keycloak 26.0 runs it only in realms that name it. Newer versions run it in every realm and
 * ignore the entry, so a realm that has the entry can be upgraded.
 */
record ServerListener(String name) implements Step {

    private static final String SETTING = "eventsListeners";

    @Override
    public String description() {
        return "event listener \"" + name + "\"";
    }

    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        return Finding.of(names(realm).contains(name));
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object();
    }

    @Override
    public void apply(AdminApi realm) {
        Set<String> names = names(realm);
        names.add(name);
        write(realm, names);
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        Set<String> names = names(realm);
        if (names.remove(name)) {
            write(realm, names);
        }
    }

    private static Set<String> names(AdminApi realm) {
        Set<String> names = new LinkedHashSet<>();
        realm.get("").path(SETTING).forEach(each -> names.add(each.asText()));
        return names;
    }

    private static void write(AdminApi realm, Set<String> names) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        names.forEach(list::add);
        realm.put("", Json.object().set(SETTING, list));
    }
}
