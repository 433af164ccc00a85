package io.github.multiclientauth.testbed.provider.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a request by name. It also remembers which names were sent twice. */
public final class RequestParameters {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> byName;
    private final boolean duplicates;

    private RequestParameters(Map<String, String> byName, boolean duplicates) {
        this.byName = byName;
        this.duplicates = duplicates;
    }

    static RequestParameters ofQuery(RoutingContext context) {
        return of(context.queryParams());
    }

    static RequestParameters ofForm(RoutingContext context) {
        return of(context.request().formAttributes());
    }

    /** The members of a JSON object. Empty if the body is none. */
    static RequestParameters ofJson(RoutingContext context) {
        Map<String, String> members = new LinkedHashMap<>();
        try {
            JsonNode body = JSON.readTree(context.body().asString());
            body.properties()
                    .forEach(member ->
                            members.put(member.getKey(), member.getValue().asText()));
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            members.clear();
        }
        return new RequestParameters(members, false);
    }

    private static RequestParameters of(MultiMap sent) {
        Map<String, String> byName = new LinkedHashMap<>();
        // Does not use get and names, because those of a MultiMap ignore case, and parameter names are case-sensitive.
        sent.forEach(entry -> byName.putIfAbsent(entry.getKey(), entry.getValue()));
        return new RequestParameters(byName, byName.size() < sent.entries().size());
    }

    /** The value. {@code null} if there is none. */
    public String get(String name) {
        return byName.get(name);
    }

    Map<String, String> all() {
        return Map.copyOf(byName);
    }

    boolean hasDuplicates() {
        return duplicates;
    }
}
