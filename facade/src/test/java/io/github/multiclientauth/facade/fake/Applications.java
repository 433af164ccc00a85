package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientAuthentication.ClientSecret;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Set;

/** The applications of the tests, as they are recognised. */
public final class Applications {

    public static final Recognized PORTFOLIO = at("portfolio", "http://localhost:3000", "github", "keycloak");
    public static final Recognized DASHBOARD = at("dashboard", "http://127.0.0.1:3001", "github");

    private Applications() {}

    /** An application with this one origin. */
    public static Recognized at(String clientId, String origin, String... providers) {
        return new Recognized(
                application(clientId, Set.of(origin), providers),
                Origin.parse(origin).orElseThrow(),
                false);
    }

    /** The same application, where its host name serves others too. */
    public static Recognized onSharedHost(Recognized recognized) {
        return new Recognized(recognized.application(), recognized.origin(), true);
    }

    public static Application application(String clientId, Set<String> origins, String... providers) {
        return new Application(
                new ClientId(clientId),
                "The " + clientId,
                origins.stream()
                        .map(origin -> Origin.parse(origin).orElseThrow())
                        .collect(java.util.stream.Collectors.toSet()),
                new ClientSecret(new Secret("client secret of " + clientId)),
                List.of(providers).stream().map(Provider::new).toList());
    }
}
