package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import java.util.concurrent.atomic.AtomicInteger;

/** Opted-in clients that a test creates for itself, and their settings. */
final class MadeClient {

    /**
     * An origin where no server listens. Tests read what would be sent there. It is not an application's origin, because the facade refuses
     * an origin that two clients claim.
     */
    static final Origin ORIGIN = new Origin("http", "made.example", 80);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private MadeClient() {}

    /** A client id that no other test has. */
    static String id() {
        return "made-" + NUMBER.incrementAndGet();
    }

    /** A public client. */
    static ObjectNode settings(OidcClient client) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("publicClient", true).put("standardFlowEnabled", true).put("name", "Made");
        settings.putArray("redirectUris").add(client.redirectUri());
        settings.putArray("webOrigins").add(client.origin().toString());
        settings.putArray("protocolMappers");
        settings.putObject("attributes");
        return settings;
    }

    /** A public client at whose origin a facade answers. */
    static ObjectNode application(Origin origin) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(origin.toString());
        settings.putArray("redirectUris").add(origin + "/api/auth/callback/*");
        return settings;
    }

    /** The mapper that limits the client to these identity providers. */
    static ObjectNode rule(String... providers) {
        ObjectNode mapper = mapper("Allowed identity providers", "oidc-allowed-providers-mapper");
        mapper.putObject("config").put("allowed.providers", String.join("##", providers));
        return mapper;
    }

    /** The mapper that names pages of the client's own. */
    static ObjectNode pages(String signIn, String error) {
        ObjectNode mapper = mapper("Application pages", "oidc-application-pages-mapper");
        mapper.putObject("config").put("pages.sign.in", signIn).put("pages.error", error);
        return mapper;
    }

    /**
     * The mapper that gives access tokens to the client's servers.
     *
     * @param audiences client ids; empty for all that Keycloak gives
     * @param scopes names of client scopes; empty for those of the session
     */
    static ObjectNode apiAccess(String audiences, String scopes) {
        ObjectNode mapper = mapper("API access", "multi-client-auth-api-access-mapper");
        mapper.putObject("config")
                .put("tokens.for", "servers")
                .put("token.audiences", audiences)
                .put("token.scopes", scopes);
        return mapper;
    }

    /** The mapper that lets another client use this client's tokens. */
    static ObjectNode audience(String clientId) {
        ObjectNode mapper = mapper("Audience", "oidc-audience-mapper");
        mapper.putObject("config").put("included.client.audience", clientId).put("access.token.claim", "true");
        return mapper;
    }

    /** The mapper that withholds unverified addresses from the client. */
    static ObjectNode withholding() {
        ObjectNode mapper = mapper("Client origin", "oidc-client-origin-mapper");
        mapper.putObject("config").put("withhold.unverified.email", "true");
        return mapper;
    }

    /** The mapper that sends browsers to Keycloak to sign out. */
    static ObjectNode signingOutAtKeycloak() {
        ObjectNode mapper = mapper("Client origin", "oidc-client-origin-mapper");
        mapper.putObject("config").put("sign.out.at.keycloak", "true");
        return mapper;
    }

    /** The mapper that shows the client no sessions of its users at other clients. */
    static ObjectNode showingOwnSessionsOnly() {
        ObjectNode mapper = mapper("Client origin", "oidc-client-origin-mapper");
        mapper.putObject("config").put("own.sessions.only", "true");
        return mapper;
    }

    /** The mapper that puts a property of the user into a claim of all tokens. */
    static ObjectNode property(String name, String property, String claim) {
        ObjectNode mapper = mapper(name, "oidc-usermodel-property-mapper");
        mapper.putObject("config")
                .put("user.attribute", property)
                .put("claim.name", claim)
                .put("jsonType.label", "String")
                .put("access.token.claim", "true")
                .put("id.token.claim", "true")
                .put("userinfo.token.claim", "true")
                .put("introspection.token.claim", "true")
                .put("lightweight.claim", "true");
        return mapper;
    }

    /** Lets reverse proxies learn the user's groups and roles. */
    static ObjectNode groupsForProxies() {
        ObjectNode mapper = mapper("API access", "multi-client-auth-api-access-mapper");
        mapper.putObject("config").put("tokens.for", "nobody").put("proxy.groups", "true");
        return mapper;
    }

    private static ObjectNode mapper(String name, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("protocol", "openid-connect")
                .put("protocolMapper", type);
    }
}
