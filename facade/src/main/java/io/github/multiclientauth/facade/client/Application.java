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
 * @param origins the origins that serve its pages, at least one
 * @param providers the ways to sign in, in the order of the sign-in page
 * @param previews empty if the application has none
 * @param pages of its own, in place of the facade's
 * @param redirectUris where Keycloak sends the browser back
 * @param stepUp what it demands of the authentication
 * @param apiAccess who gets access tokens of its users
 * @param enabled whether its client is enabled. Otherwise its users are signed out, and nobody can sign in
 */
public record Application(
        ClientId clientId,
        String name,
        Set<Origin> origins,
        ClientAuthentication authentication,
        List<Provider> providers,
        Demands demands,
        Optional<Previews> previews,
        ApplicationPages pages,
        RedirectUris redirectUris,
        StepUp stepUp,
        ApiAccess apiAccess,
        boolean enabled) {

    /**
     * The demands of the client's settings beyond the code flow with PKCE.
     *
     * @param pushedRequests its authorization requests are pushed first (RFC 9126)
     * @param boundTokens its tokens are bound to a key (DPoP, RFC 9449)
     * @param scopes those of {@link #SCOPES} that it has. Keycloak refuses a request for another one
     * @param algorithms only these are accepted in its tokens
     */
    public record Demands(boolean pushedRequests, boolean boundTokens, Set<String> scopes, TokenAlgorithms algorithms) {

        /** The scopes that are asked for, beside {@code openid}, where the client has them. */
        public static final Set<String> SCOPES = Set.of("profile", "email");

        public static final Demands NONE = new Demands(false, false);

        public Demands {
            scopes = Set.copyOf(scopes);
        }

        /** Makes the demands of a client that has all scopes. */
        public Demands(boolean pushedRequests, boolean boundTokens) {
            this(pushedRequests, boundTokens, SCOPES);
        }

        /** Makes the demands of a client whose tokens are signed as usual. */
        public Demands(boolean pushedRequests, boolean boundTokens, Set<String> scopes) {
            this(pushedRequests, boundTokens, scopes, TokenAlgorithms.USUAL);
        }

        /** The same demands with other algorithms. */
        public Demands with(TokenAlgorithms others) {
            return new Demands(pushedRequests, boundTokens, scopes, others);
        }
    }

    /** Makes an application whose client is enabled. */
    public Application(
            ClientId clientId,
            String name,
            Set<Origin> origins,
            ClientAuthentication authentication,
            List<Provider> providers,
            Demands demands,
            Optional<Previews> previews) {
        this(
                clientId,
                name,
                origins,
                authentication,
                providers,
                demands,
                previews,
                ApplicationPages.NONE,
                RedirectUris.UNKNOWN,
                StepUp.NONE,
                ApiAccess.NONE,
                true);
    }

    /** Makes an application whose client is disabled. Only its origins are still needed. */
    public static Application disabled(
            ClientId clientId, String name, Set<Origin> origins, Optional<Previews> previews) {
        return new Application(
                clientId,
                name,
                origins,
                new ClientAuthentication.None(),
                List.of(),
                Demands.NONE,
                previews,
                ApplicationPages.NONE,
                RedirectUris.UNKNOWN,
                StepUp.NONE,
                ApiAccess.NONE,
                false);
    }

    /** Makes an application without previews. */
    public Application(
            ClientId clientId,
            String name,
            Set<Origin> origins,
            ClientAuthentication authentication,
            List<Provider> providers,
            Demands demands) {
        this(clientId, name, origins, authentication, providers, demands, Optional.empty());
    }

    /** Makes an application without further demands. */
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
        Objects.requireNonNull(pages, "pages");
        Objects.requireNonNull(redirectUris, "redirectUris");
        Objects.requireNonNull(stepUp, "stepUp");
        Objects.requireNonNull(apiAccess, "apiAccess");
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
     * The same application with only those of its origins where it is recognised. It loses its previews if their
     * sign-ins come back to another origin.
     *
     * @return empty if it is recognised at no origin
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
                        pages,
                        redirectUris,
                        stepUp,
                        apiAccess,
                        enabled));
    }

    /** The same application with pages of its own. */
    public Application with(ApplicationPages own) {
        return new Application(
                clientId,
                name,
                origins,
                authentication,
                providers,
                demands,
                previews,
                own,
                redirectUris,
                stepUp,
                apiAccess,
                enabled);
    }

    /** The same application with the redirect URIs of its client. */
    public Application with(RedirectUris uris) {
        return new Application(
                clientId,
                name,
                origins,
                authentication,
                providers,
                demands,
                previews,
                pages,
                uris,
                stepUp,
                apiAccess,
                enabled);
    }

    /** The same application with demands of its own. */
    public Application with(StepUp own) {
        return new Application(
                clientId,
                name,
                origins,
                authentication,
                providers,
                demands,
                previews,
                pages,
                redirectUris,
                own,
                apiAccess,
                enabled);
    }

    /** The same application with other settings for access tokens. */
    public Application with(ApiAccess access) {
        return new Application(
                clientId,
                name,
                origins,
                authentication,
                providers,
                demands,
                previews,
                pages,
                redirectUris,
                stepUp,
                access,
                enabled);
    }

    /** The same application with other demands. */
    public Application with(Demands others) {
        return new Application(
                clientId,
                name,
                origins,
                authentication,
                providers,
                others,
                previews,
                pages,
                redirectUris,
                stepUp,
                apiAccess,
                enabled);
    }

    /** Whether the application offers this provider. */
    public boolean offers(Provider provider) {
        return providers.contains(provider);
    }
}
