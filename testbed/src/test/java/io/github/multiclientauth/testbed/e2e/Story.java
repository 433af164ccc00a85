package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.provider.internet.Traffic;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A record of a sign-in, line by line, for comparison with another one. Random values become one star for each of their parts, so that
 * their form is still compared. Values that depend on the place get a name.
 */
final class Story {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> DRAWN = Set.of(
            "state",
            "nonce",
            "code",
            "code_challenge",
            "code_verifier",
            "session_code",
            "tab_id",
            "client_data",
            "execution",
            "session_state",
            "access_token",
            "refresh_token",
            "id_token");

    /** The random claims of tokens and profiles. */
    private static final Set<String> DRAWN_CLAIMS = Set.of(
            "exp", "iat", "auth_time", "jti", "sub", "sid", "session_state", "at_hash", "nonce", "internalId", "id");

    /** The headers that belong to the connection, not to the message. */
    private static final Set<String> CONNECTION = Set.of("host", "content-length", "cookie", "traceparent");

    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> names;

    /** @param names the names for values that depend on the place; the first one that matches counts */
    Story(Map<String, String> names) {
        this.names = new LinkedHashMap<>(names);
    }

    /** Adds one request to a provider. */
    void add(Traffic.Message message) {
        Map<String, String> headers = new TreeMap<>(message.headers());
        headers.keySet().removeAll(CONNECTION);
        headers.computeIfPresent("authorization", (name, value) -> value.split(" ", 2)[0] + " *");
        // Keycloak's image has another JVM than the tests.
        headers.computeIfPresent("user-agent", (name, value) -> value.replaceAll("Java/[\\w.+-]+", "Java/*"));
        lines.add("provider: " + message.method() + " " + message.host() + message.path() + " "
                + masked(message.parameters()) + " " + named(headers.toString()));
    }

    /** Adds one answer to the browser. */
    void add(Answer answer) {
        lines.add("browser: " + place(answer.address()) + " -> " + answer.status() + " "
                + answer.location().map(this::place).orElse("") + " sets "
                + answer.setCookies().stream().map(Story::cookie).sorted().toList());
        if (answer.status() / 100 != 3) {
            lines.add("page: "
                    + named(answer.document().title() + ": "
                            + ordered(answer.document()).body().text()));
        }
    }

    /** Sorts the providers on a page. Before 26.2, Keycloak shows providers without a configured order in the order of its database. */
    private static Document ordered(Document page) {
        Document copy = page.clone();
        if (!KeycloakIsNewEnough.is("26.2")) {
            for (Element list : copy.select("#kc-social-providers > ul")) {
                List<Element> offers = list.children().stream()
                        .sorted(Comparator.comparing(Element::text))
                        .toList();
                list.empty().appendChildren(offers);
            }
        }
        return copy;
    }

    /** Adds claims, settings or other JSON. */
    void add(String what, JsonNode json) {
        lines.add(what + ": " + named(masked(json).toString()));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private String place(URI address) {
        String path = address.getRawAuthority() + address.getRawPath();
        return named(address.getScheme() + "://" + path) + " " + masked(new TreeMap<>(Parameters.ofQuery(address)));
    }

    private String masked(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "="
                        + (DRAWN.contains(parameter.getKey())
                                ? parameter.getValue().replaceAll("[^.]+", "*")
                                : named(parameter.getValue())))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static Object masked(JsonNode json) {
        if (json.isArray()) {
            List<String> elements = new ArrayList<>();
            json.forEach(element -> elements.add(masked(element).toString()));
            return elements.stream().sorted().toList();
        }
        if (!json.isObject()) {
            return json.asText();
        }
        Map<String, Object> fields = new TreeMap<>();
        json.properties().forEach(field -> fields.put(field.getKey(), masked(field.getKey(), field.getValue())));
        return fields;
    }

    /** Masks a value. The scopes of a token are a set (RFC 6749, section 3.3), which Keycloak writes in the order of random ids. */
    private static Object masked(String name, JsonNode value) {
        if (DRAWN_CLAIMS.contains(name)) {
            return "*";
        }
        return name.equals("scope")
                ? Stream.of(value.asText().split(" ")).sorted().toList()
                : masked(value);
    }

    private String named(String text) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            result = result.replace(name.getKey(), name.getValue());
        }
        return result;
    }

    /** The name and the attributes of a cookie, without its value and times. */
    private static String cookie(String setCookie) {
        String[] parts = setCookie.split(";");
        StringBuilder cookie = new StringBuilder(parts[0].split("=", 2)[0]);
        for (int i = 1; i < parts.length; i++) {
            String attribute = parts[i].strip();
            if (!attribute.startsWith("Expires") && !attribute.startsWith("Path")) {
                cookie.append(' ').append(attribute);
            }
        }
        return cookie.toString();
    }

    /** The claims of a token of Keycloak. */
    static JsonNode claims(String token) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        } catch (IOException noToken) {
            throw new UncheckedIOException(noToken);
        }
    }
}
