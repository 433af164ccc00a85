package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A web application: one client of the realm.
 *
 * @param name shown on the facade's pages
 * @param origins where its pages are served from, at least one
 * @param providers what its users may sign in with, in the order of the sign-in page
 * @param previews empty for an application that has none
 * @param enabled whether its client is: otherwise its people are signed out, and nobody signs in
 */
public record Application(
        ClientId clientId,
        String name,
        Set<Origin> origins,
        ClientAuthentication authentication,
        List<Provider> providers,
        Demands demands,
        Optional<Previews> previews,
        boolean enabled) {

    /**
     * What the client's settings demand beyond the code flow with PKCE.
     *
     * @param pushedRequests its authorization requests are pushed first (RFC 9126)
     * @param boundTokens its tokens are bound to a key (DPoP, RFC 9449)
     */
    public record Demands(boolean pushedRequests, boolean boundTokens) {

        public static final Demands NONE = new Demands(false, false);
    }

    /** One that is enabled. */
    public Application(
            ClientId clientId,
            String name,
            Set<Origin> origins,
            ClientAuthentication authentication,
            List<Provider> providers,
            Demands demands,
            Optional<Previews> previews) {
        this(clientId, name, origins, authentication, providers, demands, previews, true);
    }

    /** One whose client is disabled: all that is left of it is where its people are. */
    public static Application disabled(
            ClientId clientId, String name, Set<Origin> origins, Optional<Previews> previews) {
        return new Application(
                clientId, name, origins, new ClientAuthentication.None(), List.of(), Demands.NONE, previews, false);
    }

    /** One that has no previews. */
    public Application(
            ClientId clientId,
            String name,
            Set<Origin> origins,
            ClientAuthentication authentication,
            List<Provider> providers,
            Demands demands) {
        this(clientId, name, origins, authentication, providers, demands, Optional.empty());
    }

    /** One whose client demands nothing more. */
    public Application(
            ClientId clientId,
            String name,
            Set<Origin> origins,
            ClientAuthentication authentication,
            List<Provider> providers) {
        this(clientId, name, origins, authentication, providers, Demands.NONE);
    }

    public Application {
        Objects.requireNonNull(demands, "demands");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(authentication, "authentication");
        origins = Set.copyOf(origins);
        providers = List.copyOf(providers);
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("Application " + clientId + " has no origin");
        }
        if (previews.isPresent() && !origins.contains(previews.get().callbackOrigin())) {
            throw new IllegalArgumentException("The previews of application " + clientId
                    + " come back to an origin that is not the application's");
        }
    }

    /**
     * The same application where it is recognised at these of its origins only; without its previews if their people come back
     * to another one.
     *
     * @return empty if it is recognised at none
     */
    Optional<Application> at(Predicate<Origin> recognised) {
        Set<Origin> rest = origins.stream().filter(recognised).collect(Collectors.toUnmodifiableSet());
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new Application(
                        clientId,
                        name,
                        rest,
                        authentication,
                        providers,
                        demands,
                        previews.filter(each -> rest.contains(each.callbackOrigin())),
                        enabled));
    }

    /** Whether its users may sign in that way. */
    public boolean offers(Provider provider) {
        return providers.contains(provider);
    }
}
