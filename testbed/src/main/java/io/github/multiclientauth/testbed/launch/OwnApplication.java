package io.github.multiclientauth.testbed.launch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** An application that a developer has registered in the demo's realm, to write it there: a public client with one origin. */
public record OwnApplication(String clientId, Origin origin) {

    /** With {@code -Ddemo.origin=http://localhost:5173} the demo registers this application. Several with commas. */
    private static final String ORIGINS = "demo.origin";

    private static final String CLIENT_ID = "my-app";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The applications that the developer asks for. The first has the client id {@code my-app}, the next {@code my-app-2}.
     *
     * @throws StartFailedException if a value is no origin, there twice, or used by the demo itself
     */
    static List<OwnApplication> of(Properties properties, Addresses demo) {
        List<OwnApplication> applications = new ArrayList<>();
        for (String text : properties.getProperty(ORIGINS, "").split(",")) {
            if (text.isBlank()) {
                continue;
            }
            // People copy it from the address bar.
            Origin origin = Origin.parse(text.strip().replaceFirst("/$", ""))
                    .orElseThrow(() -> refusal("\"" + text.strip()
                            + "\" is no origin. Write scheme, host and port, such as http://localhost:5173"));
            if (applications.stream().anyMatch(other -> other.origin().equals(origin))) {
                throw refusal(origin + " is there twice");
            }
            if (demo.all().contains(origin)) {
                throw refusal(origin + " is an address of the demo itself. Choose another, or move the demo"
                        + " (-Dportfolio.port=3002 and the like)");
            }
            int number = applications.size() + 1;
            applications.add(new OwnApplication(number == 1 ? CLIENT_ID : CLIENT_ID + "-" + number, origin));
        }
        return applications;
    }

    private static StartFailedException refusal(String why) {
        return new StartFailedException("-D" + ORIGINS + ": " + why);
    }

    /** The client, as Keycloak's import and its admin API understand it. The same settings as the steps in the admin console. */
    public ObjectNode client() {
        ObjectNode client = JsonNodeFactory.instance.objectNode();
        client.put("clientId", clientId)
                .put("name", clientId)
                .put("protocol", "openid-connect")
                .put("rootUrl", origin.toString())
                .put("publicClient", true)
                .put("standardFlowEnabled", true)
                .put("directAccessGrantsEnabled", false)
                .put("fullScopeAllowed", false);
        for (String provider : Testbed.PROVIDERS) {
            client.withArray("redirectUris").add("/api/auth/callback/" + provider);
        }
        client.withArray("redirectUris").add("/api/auth/callback/keycloak");
        client.putArray("webOrigins").add("+");
        client.putObject("attributes").put("pkce.code.challenge.method", "S256");
        List.of("basic", "acr", "profile", "email", "multi-client-auth")
                .forEach(client.putArray("defaultClientScopes")::add);
        client.putArray("optionalClientScopes");
        return client;
    }

    /**
     * Writes a copy of the realm that has these applications, too. Changes nothing else of the text: its placeholders have default values
     * that a JSON parser would take for further fields, and replace the placeholders by.
     */
    static Path realmWith(List<OwnApplication> applications, Path realm, Path copy) throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(realm));
        int clients = beginOfClients(text.toString());
        for (OwnApplication application : applications) {
            text.insert(clients, application.client() + ",");
        }
        Files.createDirectories(copy.getParent());
        return Files.writeString(copy, text);
    }

    /** Where the first element of the field {@code clients} begins. The realm has some. */
    private static int beginOfClients(String realm) throws IOException {
        try (JsonParser parser = JSON.createParser(realm)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("clients")) {
                    return Math.toIntExact(parser.currentTokenLocation().getCharOffset()) + 1;
                }
                parser.skipChildren();
            }
            throw new IOException("The realm has no clients");
        }
    }

    /**
     * The variables of the application's server.
     *
     * @param others the origins of other clients. Cookies do not know ports, so a host name that two clients use changes their names
     * @param secret the application's own
     */
    public Map<String, String> environment(String issuer, Origin facade, Stream<Origin> others, String secret) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AUTH_URL", origin.toString());
        variables.put("AUTH_KEYCLOAK_ID", clientId);
        variables.put("AUTH_KEYCLOAK_ISSUER", issuer);
        variables.put("AUTH_SECRET", secret);
        Optional<Origin> neighbour = others.filter(other -> !other.equals(origin))
                .filter(other -> other.host().equals(origin.host()))
                .findAny();
        if (neighbour.isPresent()) {
            variables.put("AUTH_SHARED_HOST", "true");
        }
        variables.put("AUTH_FACADE_URL", facade.toString());
        return variables;
    }
}
