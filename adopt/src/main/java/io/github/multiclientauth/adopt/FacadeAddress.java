package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An address at which Keycloak reaches the facade, where it reads the public part of the facade's key. */
record FacadeAddress(URI url) {

    static final String KEYS = "/api/auth/jwks.json";

    static final String AUTHENTICATOR = "clientAuthenticatorType";
    static final String SIGNED_JWT = "client-jwt";
    static final String USE_URL = "use.jwks.url";
    static final String KEYS_URL = "jwks.url";

    /** The origin of an application, which forwards to the facade. Empty if its settings name none. */
    static Optional<FacadeAddress> of(JsonNode client) {
        List<String> candidates = new ArrayList<>(List.of(client.path("rootUrl").asText()));
        client.path("webOrigins").forEach(each -> candidates.add(each.asText()));
        client.path("redirectUris").forEach(each -> candidates.add(each.asText()));
        return candidates.stream().flatMap(each -> origin(each).stream()).findFirst();
    }

    private static Optional<FacadeAddress> origin(String text) {
        try {
            // Patterns and Keycloak's own placeholders are no addresses.
            URI url = Urls.parse("Root URL", text.replaceFirst("[*?#].*", ""));
            return Optional.of(new FacadeAddress(url.resolve("/")));
        } catch (WrongUsageException none) {
            return Optional.empty();
        }
    }

    /** Where Keycloak reads the facade's keys. */
    String keys() {
        String address = url.toString();
        return (address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + KEYS;
    }

    /** Makes a client expect a signed JWT of the facade's key. */
    void expectKeyOf(ObjectNode client) {
        client.put(AUTHENTICATOR, SIGNED_JWT);
        client.withObject("/attributes").put(USE_URL, "true").put(KEYS_URL, keys());
    }
}
