package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientAuthentication.ClientSecret;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Previews;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The applications of the tests, as recognised by the directory. */
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

    /** The same application on a host name that also serves others. */
    public static Recognized onSharedHost(Recognized recognized) {
        return new Recognized(recognized.application(), recognized.origin(), true);
    }

    /** The same application with previews, whose sign-ins come back to {@code callbackOrigin}. */
    public static Application withPreviews(Application application, String callbackOrigin, String... patterns) {
        return new Application(
                application.clientId(),
                application.name(),
                application.origins(),
                application.authentication(),
                application.providers(),
                application.demands(),
                Optional.of(new Previews(
                        Stream.of(patterns)
                                .map(pattern -> OriginPattern.parse(pattern).orElseThrow())
                                .collect(Collectors.toSet()),
                        Origin.parse(callbackOrigin).orElseThrow())));
    }

    public static Application application(String clientId, Set<String> origins, String... providers) {
        return new Application(
                new ClientId(clientId),
                "The " + clientId,
                origins.stream()
                        .map(origin -> Origin.parse(origin).orElseThrow())
                        .collect(Collectors.toSet()),
                new ClientSecret(new Secret("client secret of " + clientId)),
                List.of(providers).stream().map(Provider::new).toList());
    }
}
