package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.rules.ApplicationRules;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.Action;

/**
 * On which terms an application uses an identity provider: with which credentials, whether at all, and what it hears when
 * the provider fails. There is one for each provider instance, hence for one request: two sign-ins share nothing.
 *
 * <p>Everything hangs on the client that signs in, or that signed in where tokens of an earlier sign-in are concerned
 * ({@link TokenTerms}). Where that client has not opted in, Keycloak's own provider works as if this were not there.
 */
final class ApplicationTerms {

    private static final BrokerRules RULES = ApplicationRules.INSTANCE;

    private final KeycloakSession session;
    private final IdentityProviderModel provider;
    private final BrokerRules rules;
    private final TokenTerms tokens;
    private boolean applied;

    /** Whose credentials the sign-in uses; empty for the shared ones. */
    private String credentials = "";

    /** @param provider as the administrator has configured it, without the addresses that Keycloak's provider puts in */
    ApplicationTerms(KeycloakSession session, IdentityProviderModel provider) {
        this(session, provider, RULES);
    }

    ApplicationTerms(KeycloakSession session, IdentityProviderModel provider, BrokerRules rules) {
        this.session = session;
        this.provider = provider;
        this.rules = rules;
        this.tokens = new TokenTerms(session, provider, this);
    }

    /** About tokens of earlier sign-ins. */
    TokenTerms tokens() {
        return tokens;
    }

    /**
     * The configuration that a provider works with, changed as soon as it is known who signs in. It is the provider's own
     * copy, so nobody else sees the change.
     *
     * @param terms {@code null} while Keycloak's constructors run, which ask for the configuration too
     */
    static <C extends OAuth2IdentityProviderConfig> C applied(ApplicationTerms terms, C config) {
        if (terms != null && !terms.applied) {
            terms.signIn().ifPresent(signIn -> terms.apply(signIn, config));
        }
        return config;
    }

    /** Sends the person to the provider, unless the application may not use it. */
    Response performLogin(
            AuthenticationRequest request,
            OAuth2IdentityProviderConfig config,
            Function<AuthenticationRequest, Response> keycloak) {
        AuthenticationSessionModel signIn = request.getAuthenticationSession();
        if (!applied) {
            apply(signIn, config);
        }
        return isAllowed(signIn) ? keycloak.apply(request) : answer(signIn).notAllowed();
    }

    /**
     * Does what concerns tokens that were got with a client's credentials, with the same ones, whoever signs in or out
     * meanwhile.
     *
     * @param clientId empty for the shared ones
     */
    <T> T onBehalfOf(String clientId, OAuth2IdentityProviderConfig config, Supplier<T> keycloak) {
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

    /** Reads whom the provider means by its token response. */
    BrokeredIdentityContext identity(String tokenResponse, Function<String, BrokeredIdentityContext> keycloak) {
        try {
            BrokeredIdentityContext identity = keycloak.apply(tokenResponse);
            tokens.received(identity, credentials);
            signIn().filter(OptIn::concerns).ifPresent(signIn -> EmailVerifiedReading.of(identity));
            return identity;
        } catch (RuntimeException e) {
            throw answered(e, tokenResponse);
        }
    }

    /** Before a user is looked for or made, or anything is linked. */
    void accept(Runnable keycloak) {
        signIn().filter(signIn -> !isAllowed(signIn)).ifPresent(signIn -> {
            throw new WebApplicationException(answer(signIn).notAllowed());
        });
        try {
            keycloak.run();
        } catch (RuntimeException e) {
            throw answered(e, "");
        }
    }

    /** Afterwards, when it is known whom the provider means. */
    void recognize(BrokeredIdentityContext identity) {
        signIn().filter(OptIn::concerns).ifPresent(signIn -> account(signIn).recognize(signIn, identity));
    }

    /** Brings the account up to date with what the provider says, where no other account has that. */
    void update(UserModel user, BrokeredIdentityContext identity, Runnable keycloak) {
        signIn().filter(OptIn::concerns).ifPresent(signIn -> account(signIn).update(signIn, user, identity));
        keycloak.run();
    }

    /** After everything else that Keycloak does to the account at a sign-in. */
    void finish(AuthenticationSessionModel signIn, BrokeredIdentityContext identity) {
        if (OptIn.concerns(signIn)) {
            account(signIn).finish(signIn, identity);
        }
    }

    private AccountTerms account(AuthenticationSessionModel signIn) {
        return new AccountTerms(session, signIn.getRealm(), provider);
    }

    private Optional<AuthenticationSessionModel> signIn() {
        return signIn(session);
    }

    /** What is under way in this request. Signing out has such a session as well, and is none. */
    static Optional<AuthenticationSessionModel> signIn(KeycloakSession session) {
        return Optional.ofNullable(session)
                .map(current -> current.getContext().getAuthenticationSession())
                .filter(current -> !Action.LOGGING_OUT.name().equals(current.getAction()));
    }

    private void apply(AuthenticationSessionModel signIn, OAuth2IdentityProviderConfig config) {
        applied = true;
        String clientId = signIn.getClient().getClientId();
        if (OptIn.concerns(signIn) && new OwnConfiguration(session, provider, clientId).applyTo(config)) {
            credentials = clientId;
        }
    }

    private boolean isAllowed(AuthenticationSessionModel signIn) {
        ClientModel client = signIn.getClient();
        return !OptIn.concerns(signIn)
                || !belongsToAnother(signIn)
                        && rules.allows(
                                session,
                                client,
                                RealmProviders.siblings(session).base(provider.getAlias(), client.getClientId()));
    }

    /** Another application's own provider, with its credentials, and with links that only that application looks for. */
    private boolean belongsToAnother(AuthenticationSessionModel signIn) {
        return RealmProviders.siblings(session)
                .belongsToAnother(
                        provider.getAlias(), signIn.getClient().getClientId(), owner -> OptIn.concerns(owner, signIn));
    }

    private RuntimeException answered(RuntimeException failure, String tokenResponse) {
        return signIn().filter(OptIn::concerns)
                .<RuntimeException>map(signIn ->
                        new WebApplicationException(answer(signIn).failed(FailureText.of(failure, tokenResponse))))
                .orElse(failure);
    }

    private ApplicationAnswer answer(AuthenticationSessionModel signIn) {
        return new ApplicationAnswer(session, signIn, provider.getAlias());
    }
}
