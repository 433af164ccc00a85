package io.github.multiclientauth.testbed.provider.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.testbed.web.Parameters;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** An endpoint's answer to a program. */
public record Reply(int status, String type, String body, Map<String, String> headers) {

    public static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/json; charset=utf-8", body.toString(), Map.of());
    }

    /** An HTML page instead of JSON, as load balancers send it. */
    static Reply unavailable() {
        return new Reply(
                503,
                "text/html; charset=utf-8",
                "<!DOCTYPE html><title>503</title><p>The service is unavailable. Please try again later.",
                Map.of());
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, type, body, Map.copyOf(more));
    }

    /** The members of the JSON body, as a form. */
    Reply asForm() {
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            new ObjectMapper()
                    .readTree(body)
                    .properties()
                    .forEach(member ->
                            fields.put(member.getKey(), member.getValue().asText()));
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException(notOurs);
        }
        return new Reply(
                status, "application/x-www-form-urlencoded; charset=utf-8", Parameters.encode(fields), headers);
    }

    /** The same answer with an incomplete body. */
    Reply malformed() {
        return new Reply(status, type, body.substring(0, body.length() / 2), headers);
    }

    void send(HttpServerResponse response) {
        headers.forEach(response::putHeader);
        Replies.data(response, status, type, body);
    }
}
