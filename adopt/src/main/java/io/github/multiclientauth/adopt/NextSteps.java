package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What is left to do after {@code apply}, outside the realm. */
final class NextSteps {

    private static final String DEFAULT_KEYS = "MCA_CLIENT_KEY_FILE=/var/lib/multi-client-auth/keys.json";

    private final CommandLine arguments;
    private final AdminApi realm;
    private final List<String> lines = new ArrayList<>();

    NextSteps(CommandLine arguments, AdminApi realm) {
        this.arguments = arguments;
        this.realm = realm;
    }

    List<String> lines() {
        lines.add("Next:");
        add("Give the facade MCA_ISSUER=" + arguments.server() + "realms/" + AdminApi.encoded(arguments.realm())
                + (arguments.trust().equals(Trust.OF_JAVA)
                        ? ""
                        : " and MCA_KEYCLOAK_TRUSTED_CERTIFICATES, the file of --trusted-certificates")
                + ". If Keycloak has another address for browsers, take that.");
        Clients clients = new Clients(realm);
        clients.find(FacadeAccount.CLIENT_ID).ifPresent(this::authenticate);
        arguments.clients().forEach(id -> clients.find(id).ifPresent(this::application));
        add("Forward /api/auth/ of each application to the facade, and name there the proxy that ends TLS:"
                + " docs/how-to/topologies.md");
        add("Check: java -jar quarkus-run.jar doctor");
        return List.copyOf(lines);
    }

    private void authenticate(JsonNode account) {
        if (expectsKey(account)) {
            add("Give the facade a file for its key, " + DEFAULT_KEYS + ", and no MCA_DIRECTORY_CLIENT_SECRET. Keycloak"
                    + " reads the public part at " + keys(account)
                    + ": make sure that it reaches this address and trusts its"
                    + " certificate (an authority of your own belongs into Keycloak's conf/truststores).");
        } else if (arguments.facadeSecret().isPresent()) {
            add("Give the facade its secret: MCA_DIRECTORY_CLIENT_SECRET_FILE, the file of --facade-secret-file.");
        } else {
            add("Give the facade the secret of the client \"" + FacadeAccount.CLIENT_ID
                    + "\" (tab Credentials) as MCA_DIRECTORY_CLIENT_SECRET.");
        }
    }

    private void application(JsonNode client) {
        String name = "client \"" + client.path("clientId").asText() + "\"";
        if (!client.path("publicClient").asBoolean() && !expectsKey(client)) {
            add("The " + name + " has a secret. Let it expect the facade's key instead (--with facade-key), or give the"
                    + " facade that secret: docs/how-to/client-authentication.md");
        }
        add("Check Valid redirect URIs and Web origins of the " + name + ": docs/how-to/add-an-application.md");
    }

    private static boolean expectsKey(JsonNode client) {
        return client.path(FacadeAddress.AUTHENTICATOR).asText().equals(FacadeAddress.SIGNED_JWT);
    }

    private static String keys(JsonNode client) {
        return client.path("attributes").path(FacadeAddress.KEYS_URL).asText();
    }

    private void add(String step) {
        lines.add("  " + lines.size() + ". " + step);
    }
}
