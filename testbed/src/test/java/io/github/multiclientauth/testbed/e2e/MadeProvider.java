package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.auth0.StandInAuth0;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider that a test creates for itself and may disable. It uses the stand-in for Auth0. */
record MadeProvider(Chain chain, String alias) implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** @param type the extension replaces {@code oidc}, but not {@code oauth2} */
    static MadeProvider of(Chain chain, String type) {
        MadeProvider made = new MadeProvider(chain, "own-" + NUMBER.incrementAndGet());
        StandIn auth0 = chain.providers().auth0().standIn();
        RegisteredApp app = new RegisteredApp(
                "Tn-" + made.alias(),
                UUID.randomUUID().toString(),
                "An app of a test",
                Set.of(chain.issuer() + "/broker/" + made.alias() + "/endpoint"));
        auth0.ledger().apps().register(app);
        ObjectNode provider = JsonNodeFactory.instance.objectNode();
        provider.put("alias", made.alias())
                .put("displayName", "Switchable")
                .put("providerId", type)
                .put("enabled", true);
        URI tenant = URI.create(StandInAuth0.ISSUER);
        provider.putObject("config")
                .put("clientId", app.clientId())
                .put("clientSecret", app.clientSecret())
                .put("clientAuthMethod", "client_secret_post")
                .put("issuer", tenant.toString())
                .put(
                        "authorizationUrl",
                        chain.providers().authorizationUrl(auth0).toString())
                .put("tokenUrl", tenant.resolve("/oauth/token").toString())
                .put("userInfoUrl", tenant.resolve("/userinfo").toString())
                .put("jwksUrl", tenant.resolve("/.well-known/jwks.json").toString())
                .put("useJwksUrl", "true")
                .put("validateSignature", "true")
                .put("defaultScope", "openid profile email")
                .put("syncMode", "FORCE");
        chain.administrator().createProvider(provider);
        return made;
    }

    void enable(boolean enabled) {
        chain.administrator().enableProvider(alias, enabled);
    }

    @Override
    public void close() {
        chain.administrator().deleteProvider(alias);
    }
}
