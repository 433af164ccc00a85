package io.github.multiclientauth.extension.application;

import io.github.multiclientauth.extension.provider.OwnLogin;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The application that is signing in: a client that has opted in, and its sign-in that is under way. It says which identity providers it may
 * use, which of them serves a request, and ends the sign-in with a refusal.
 */
public final class Application {

    private final KeycloakSession session;
    private final AuthenticationSessionModel signIn;
    private final ClientOriginSettings settings;
    private final ClientProviders providers;

    private Application(KeycloakSession session, AuthenticationSessionModel signIn, ClientOriginSettings settings) {
        this.session = session;
        this.signIn = signIn;
        this.settings = settings;
        this.providers = new ClientProviders(session, signIn.getClient());
    }

    /** @return empty if the client of the sign-in has not opted in */
    public static Optional<Application> of(KeycloakSession session, AuthenticationSessionModel signIn) {
        return of(session, signIn, OptIn.settings(signIn));
    }

    /**
     * The same, inside the step "Client origin".
     *
     * @param settings of the step that runs
     */
    public static Optional<Application> of(
            KeycloakSession session, AuthenticationSessionModel signIn, ClientOriginSettings settings) {
        return OptIn.concerns(signIn.getClient(), settings)
                ? Optional.of(new Application(session, signIn, settings))
                : Optional.empty();
    }

    /** @return the application that the present request signs in to; empty if nobody is signing in, or the client has not opted in */
    public static Optional<Application> current(KeycloakSession session) {
        return SignIn.current(session).flatMap(signIn -> of(session, signIn));
    }

    public KeycloakSession session() {
        return session;
    }

    public AuthenticationSessionModel signIn() {
        return signIn;
    }

    public RealmModel realm() {
        return signIn.getRealm();
    }

    public String clientId() {
        return signIn.getClient().getClientId();
    }

    /** The settings of the step "Client origin" in the browser flow of the client. */
    public ClientOriginSettings settings() {
        return settings;
    }

    /** The realm's identity providers, as this client sees them. */
    public ClientProviders providers() {
        return providers;
    }

    /** @return the provider that serves sign-ins with this one: the application's own one, if that is enabled; empty if there is none */
    public Optional<IdentityProviderModel> serving(String alias) {
        return Optional.ofNullable(session.identityProviders().getByAlias(providers.serving(alias)));
    }

    /** Whether people may sign in with this provider: it is enabled, no other application's own, and no rule is against it. */
    public boolean mayUse(IdentityProviderModel provider) {
        return provider.isEnabled() && mayUse(provider.getAlias());
    }

    /** The same, for a provider that Keycloak itself has found enabled. */
    public boolean mayUse(String alias) {
        return !belongsToAnother(alias) && providers.allows(providers.nameOf(alias));
    }

    /** Whether people may sign in on Keycloak's own pages. */
    public boolean mayUseOwnLogin() {
        return providers.allows(OwnLogin.NAME);
    }

    /** Whether this is another application's own provider, with its credentials, and with links that only that application looks for. */
    private boolean belongsToAnother(String alias) {
        return providers.belongsToAnother(alias, this::isApplication);
    }

    private boolean isApplication(String clientId) {
        return Optional.ofNullable(realm().getClientByClientId(clientId))
                .filter(client -> OptIn.concerns(client, settings))
                .isPresent();
    }

    /** The name of the provider with which the person signs in, in a sign-in that is about to end well. */
    public String signInProvider() {
        String present = presentProvider();
        if (present != null && !SignIn.isSingleSignOn(signIn)) {
            return providers.nameOf(present);
        }
        // A person who had to sign in again, and did so without a provider, gave a password. The session
        // still has the note of the provider that it was begun with.
        if (present == null && "true".equals(signIn.getAuthNote(AuthenticationManager.FORCED_REAUTHENTICATION))) {
            return OwnLogin.NAME;
        }
        return presentSession().map(providers::signInProvider).orElse(OwnLogin.NAME);
    }

    /** Whether the provider that the person has just come from has been disabled or deleted since they went there. */
    public boolean isProviderGone() {
        String present = presentProvider();
        if (present == null || SignIn.isSingleSignOn(signIn)) {
            return false;
        }
        IdentityProviderModel provider = session.identityProviders().getByAlias(present);
        return provider == null || !provider.isEnabled();
    }

    private String presentProvider() {
        return signIn.getUserSessionNotes().get(Details.IDENTITY_PROVIDER);
    }

    private Optional<UserSessionModel> presentSession() {
        return Optional.ofNullable(session.sessions()
                .getUserSession(realm(), signIn.getParentSession().getId()));
    }

    /** Ends the sign-in, because the application may not use this provider. */
    public Response refuse(String provider) {
        return answer(provider).notAllowed();
    }

    /** What the application is told about a sign-in with this provider. */
    public ApplicationAnswer answer(String provider) {
        return new ApplicationAnswer(session, signIn, provider);
    }
}
