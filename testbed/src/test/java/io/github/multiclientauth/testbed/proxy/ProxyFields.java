package io.github.multiclientauth.testbed.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The fields that a proxy reads, with their types. A proxy ignores or refuses what it does not know, so that a misspelt field would be
 * a protection that is not there.
 *
 * @param types by name: {@code traefik-fields.yaml} and {@code envoy-fields.yaml} say what is in one
 */
record ProxyFields(JsonNode types) {

    /** The field in which a value names its own type, behind a slash. */
    private static final String TYPE = "@type";

    /** What of a configuration the proxy does not know, or knows with another type; the places, such as {@code http.routers}. */
    List<String> unknown(JsonNode configuration) {
        List<String> unknown = new ArrayList<>();
        check("configuration", configuration, "", unknown);
        return unknown;
    }

    private void check(String type, JsonNode value, String place, List<String> unknown) {
        if (type.startsWith("[") || type.startsWith("{")) {
            String each = type.substring(1, type.length() - 1);
            if (type.startsWith("[") ? !value.isArray() : !value.isObject()) {
                unknown.add(place + " is no " + type);
            } else if (value.isArray()) {
                value.forEach(element -> check(each, element, place + "[]", unknown));
            } else {
                forEachField(value, (name, element) -> check(each, element, place + '.' + name, unknown));
            }
            return;
        }
        if (type.contains("|")) {
            require(List.of(type.split("\\|")).contains(value.asText()), type, place, unknown);
            return;
        }
        switch (type) {
            case "text" -> require(value.isTextual(), type, place, unknown);
            case "number" -> require(value.isNumber(), type, place, unknown);
            case "boolean" -> require(value.isBoolean(), type, place, unknown);
            case "anything" -> {}
            case TYPE -> {
                String named = value.path(TYPE).asText();
                check(named.substring(named.indexOf('/') + 1), value, place, unknown);
            }
            default -> {
                require(value.isObject() && types.has(type), type, place, unknown);
                forEachField(value, (name, element) -> {
                    if (name.equals(TYPE)) {
                        return;
                    }
                    String inner = place.isEmpty() ? name : place + '.' + name;
                    JsonNode known = types.path(type).path(name);
                    if (known.isTextual()) {
                        check(known.asText(), element, inner, unknown);
                    } else {
                        unknown.add(inner + " is unknown");
                    }
                });
            }
        }
    }

    private static void require(boolean holds, String type, String place, List<String> unknown) {
        if (!holds) {
            unknown.add(place + " is no " + type);
        }
    }

    private static void forEachField(JsonNode value, BiConsumer<String, JsonNode> use) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            use.accept(field.getKey(), field.getValue());
        }
    }
}
