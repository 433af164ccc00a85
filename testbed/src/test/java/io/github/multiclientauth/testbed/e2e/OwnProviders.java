package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.auth0.StandInAuth0;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Identity providers and clients for one test. Each provider has its own OAuth app at the stand-in. */
final class OwnProviders implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Chain chain;
    private final List<Runnable> leftovers = new ArrayList<>();
    private final int number = NUMBER.incrementAndGet();

    OwnProviders(Chain chain) {
        this.chain = chain;
    }

    /** A name that no other test uses. */
    String name(String word) {
        return word + number;
    }

    /** Creates a public client that has opted in and asks for the provider. */
    OidcClient client(String clientId, String provider) {
        OidcClient client = new OidcClient(chain, clientId, "", MadeClient.ORIGIN, provider);
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("redirectUris").add(client.redirectUri());
        settings.putArray("webOrigins").add(MadeClient.ORIGIN.toString());
        settings.putObject("attributes").put("post.logout.redirect.uris", "+");
        chain.administrator().createClient(clientId, null, settings);
        leftovers.add(() -> chain.administrator().deleteClient(clientId));
        return client;
    }

    /**
     * Creates a provider.
     *
     * @param callback the alias in the callback URL of its OAuth app: its own, or the shared provider's if it only lends credentials
     * @param more more settings
     * @return its OAuth app
     */
    RegisteredApp provider(
            String alias, String type, StandIn standIn, boolean enabled, String callback, Map<String, String> more) {
        RegisteredApp app = new RegisteredApp(
                "app-of-" + alias,
                UUID.randomUUID().toString(),
                alias,
                Set.of(chain.issuer() + "/broker/" + callback + "/endpoint"));
        standIn.ledger().apps().register(app);
        ObjectNode provider = JsonNodeFactory.instance.objectNode();
        provider.put("alias", alias)
                .put("providerId", type)
                .put("enabled", enabled)
                .put("hideOnLogin", true)
                .put("storeToken", Boolean.parseBoolean(more.get("storeToken")))
                .put("addReadTokenRoleOnCreate", Boolean.parseBoolean(more.get("storeToken")));
        ObjectNode config = provider.putObject("config");
        config.put("clientId", app.clientId())
                .put("clientSecret", app.clientSecret())
                .put("syncMode", "FORCE")
                .put(
                        "authorizationUrl",
                        chain.providers().authorizationUrl(standIn).toString());
        more.forEach(config::put);
        chain.administrator().createProvider(provider);
        leftovers.add(() -> chain.administrator().deleteProvider(alias));
        return app;
    }

    /** Creates an OpenID provider of another company, with Google's addresses regardless of its alias. */
    void ofAnotherIssuer(String alias, boolean enabled) {
        provider(
                alias,
                "oidc",
                chain.providers().google().standIn(),
                enabled,
                alias,
                Map.of(
                        "issuer", "https://accounts.google.com",
                        "tokenUrl", "https://oauth2.googleapis.com/token",
                        "userInfoUrl", "https://openidconnect.googleapis.com/v1/userinfo",
                        "jwksUrl", "https://www.googleapis.com/oauth2/v3/certs",
                        "useJwksUrl", "true",
                        "validateSignature", "true",
                        "clientAuthMethod", "client_secret_post",
                        "defaultScope", "openid profile email"));
    }

    /** Creates an OpenID provider at the tenant of the realm's provider "auth0". */
    RegisteredApp atTheTenant(String alias, boolean enabled) {
        URI tenant = URI.create(StandInAuth0.ISSUER);
        Map<String, String> config = new HashMap<>();
        config.put("issuer", tenant.toString());
        config.put("tokenUrl", tenant.resolve("/oauth/token").toString());
        config.put("userInfoUrl", tenant.resolve("/userinfo").toString());
        config.put("jwksUrl", tenant.resolve("/.well-known/jwks.json").toString());
        config.put("useJwksUrl", "true");
        config.put("validateSignature", "true");
        config.put("clientAuthMethod", "client_secret_post");
        config.put("defaultScope", "openid profile email");
        return provider(alias, "oidc", chain.providers().auth0().standIn(), enabled, alias, config);
    }

    @Override
    public void close() {
        leftovers.forEach(Runnable::run);
    }
}
