package io.github.multiclientauth.extension.decision;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An unverified e-mail address that is kept from a client. Not only the claim {@code email} is removed, but every claim
 * that contains the address, since administrators can map it to any name.
 *
 * @param address as the user has it, empty if there is none
 */
public record WithheldAddress(String address) {

    public WithheldAddress {
        address = lowerCase(address);
    }

    /** Whether a text contains the address. */
    public boolean isIn(String text) {
        return text != null && !address.isEmpty() && lowerCase(text).contains(address);
    }

    /** Removes the address from claims, also from nested ones and from lists. */
    public void removeFrom(Map<String, Object> claims) {
        claims.values().removeIf(this::isJust);
        claims.replaceAll((name, value) -> without(value));
    }

    /** Whether the whole value has to go. JSON that Keycloak has parsed goes as a whole or stays. */
    private boolean isJust(Object value) {
        return value != null && !(value instanceof Map) && !(value instanceof Collection) && isIn(value.toString());
    }

    private Object without(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> rest = new HashMap<>();
            map.forEach((name, inner) -> rest.put(String.valueOf(name), inner));
            removeFrom(rest);
            return rest;
        }
        if (value instanceof Collection<?> list) {
            return list.stream()
                    .filter(inner -> !isJust(inner))
                    .map(this::without)
                    .collect(toCollection(ArrayList::new));
        }
        return value;
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
