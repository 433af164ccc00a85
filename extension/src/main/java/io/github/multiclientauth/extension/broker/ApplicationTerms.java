package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.SignIn;
import io.github.multiclientauth.extension.decision.FailureText;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The terms on which an application uses an identity provider: with which credentials, whether at all, and what it is
 * told when the provider fails. Each provider instance, hence each request, has its own, so that two sign-ins share
 * nothing.
 *
 * <p>The client that signs in decides. For tokens of an earlier sign-in it is the client that signed in then ({@link
 * TokenTerms}). Where that client has not opted in, Keycloak's own provider works unchanged.
 */
final class ApplicationTerms {

    private final KeycloakSession session;
    private final IdentityProviderModel provider;
    private final OAuth2IdentityProviderConfig config;
    private final TokenTerms tokens;

    private boolean applied;

    /** The account that Keycloak and the provider's mappers change in this request. */
    private Optional<AccountTerms.Before> before = Optional.empty();

    /** Whose credentials the sign-in uses; empty for the shared ones. */
    private String credentials = "";

    /**
     * @param provider as the administrator has configured it, without the addresses that Keycloak's provider puts in
     * @param config the copy that Keycloak's provider works with
     */
    ApplicationTerms(KeycloakSession session, IdentityProviderModel provider, OAuth2IdentityProviderConfig config) {
        this.session = session;
        this.provider = provider;
        this.config = config;
        this.tokens = new TokenTerms(session, provider, this);
    }

    /** The terms for tokens of earlier sign-ins. */
    TokenTerms tokens() {
        return tokens;
    }

    /**
     * The configuration that a provider works with. It is changed as soon as it is known who signs in. It is the
     * provider's own copy, so that no other request sees the change.
     *
     * @param terms {@code null} while Keycloak's constructors run, which ask for the configuration too
     */
    static <C extends OAuth2IdentityProviderConfig> C applied(ApplicationTerms terms, C config) {
        if (terms != null && !terms.applied) {
            SignIn.current(terms.session).ifPresent(terms::apply);
        }
        return config;
    }

    /** Sends the person to the provider, unless the application may not use it. */
    Response performLogin(AuthenticationRequest request, Function<AuthenticationRequest, Response> keycloak) {
        AuthenticationSessionModel signIn = request.getAuthenticationSession();
        if (!applied) {
            apply(signIn);
        }
        return Application.of(session, signIn)
                .filter(application -> !application.mayUse(provider))
                .map(application -> application.refuse(provider.getAlias()))
                .orElseGet(() -> keycloak.apply(escaped(request)));
    }

    /**
     * Escapes the redirect URI once more, because Keycloak takes the escapes in it for those of the query. From a realm named
     * Münze, the provider would get an address that is not the registered one, nor the one that Keycloak sends with the code
     * (26.7.4).
     */
    private static AuthenticationRequest escaped(AuthenticationRequest request) {
        return new AuthenticationRequest(
                request.getSession(),
                request.getRealm(),
                request.getAuthenticationSession(),
                request.getHttpRequest(),
                request.getUriInfo(),
                request.getState(),
                request.getRedirectUri().replace("%", "%25"));
    }

    /**
     * Uses tokens that were issued to a client's credentials, with the same credentials, regardless of who signs in or
     * out meanwhile.
     *
     * @param clientId empty for the shared ones
     */
    <T> T onBehalfOf(String clientId, Supplier<T> keycloak) {
        boolean appliedBefore = applied;
        Map<String, String> before = new HashMap<>(config.getConfig());
        applied = true;
        try {
            new OwnConfiguration(session, provider, clientId).applyCredentialsTo(config);
            return keycloak.get();
        } finally {
            config.setConfig(before);
            applied = appliedBefore;
        }
    }

    /** Reads who has signed in, from the provider's token response. */
    BrokeredIdentityContext identity(String tokenResponse, Function<String, BrokeredIdentityContext> keycloak) {
        try {
            BrokeredIdentityContext identity = keycloak.apply(tokenResponse);
            tokens.received(identity, credentials);
            Application.current(session).ifPresent(application -> EmailVerifiedClaim.normalize(identity));
            return identity;
        } catch (RuntimeException e) {
            throw answered(e, tokenResponse);
        }
    }

    /**
     * Refuses the sign-in before Keycloak looks for a user, creates one or links anything. Otherwise keeps addresses
     * that must not change.
     */
    void accept(BrokeredIdentityContext identity, Runnable keycloak) {
        refusing().ifPresent(application -> {
            throw new WebApplicationException(application.refuse(provider.getAlias()));
        });
        try {
            keycloak.run();
        } catch (RuntimeException e) {
            throw answered(e, "");
        }
        withAccount(account -> before = account.recognize(identity));
    }

    /** Updates the account with what the provider says, except for what another account has already. */
    void update(UserModel user, BrokeredIdentityContext identity, Runnable keycloak) {
        withAccount(account -> before = account.update(user, before, identity));
        keycloak.run();
    }

    /** Runs after everything else that Keycloak does to the account at a sign-in. */
    void finish(AuthenticationSessionModel signIn, BrokeredIdentityContext identity) {
        Application.of(session, signIn)
                .map(application -> new AccountTerms(application, provider))
                .ifPresent(account -> {
                    before.ifPresent(account::restore);
                    account.finish(identity);
                });
    }

    private void withAccount(Consumer<AccountTerms> change) {
        Application.current(session)
                .map(application -> new AccountTerms(application, provider))
                .ifPresent(change);
    }

    private void apply(AuthenticationSessionModel signIn) {
        applied = true;
        Application.of(session, signIn)
                .map(Application::clientId)
                .filter(clientId -> new OwnConfiguration(session, provider, clientId).applyTo(config))
                .ifPresent(clientId -> credentials = clientId);
    }

    /** Whether the application that is signing in may not use the provider. */
    boolean isRefused() {
        return refusing().isPresent();
    }

    private Optional<Application> refusing() {
        return Application.current(session).filter(application -> !application.mayUse(provider));
    }

    private RuntimeException answered(RuntimeException failure, String tokenResponse) {
        Optional<Application> application = Application.current(session);
        return application
                .<RuntimeException>map(told -> new WebApplicationException(
                        told.answer(provider.getAlias()).failed(FailureText.of(failure, tokenResponse))))
                .orElse(failure);
    }
}
