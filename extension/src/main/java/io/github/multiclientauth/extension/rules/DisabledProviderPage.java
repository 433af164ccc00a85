package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.ProviderName;
import io.github.multiclientauth.extension.provider.BrokerPath;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.broker.provider.util.IdentityBrokerState;
import org.keycloak.forms.login.MessageType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.theme.Theme;
import org.keycloak.theme.beans.MessageBean;

/**
 * Keycloak's error page for a person who is on the way to a provider that has been disabled, or on the way back. It
 * says what has happened, instead of "Page not found", and leads back to the application with {@code access_denied}.
 */
record DisabledProviderPage(KeycloakSession session, Theme theme) {

    /** In {@code theme-resources/messages}; argument: name of the provider. */
    static final String MESSAGE = "multiClientAuthProviderDisabled";

    /** @param page the data of the template; unchanged unless this is such a case */
    void fill(Map<String, Object> page) {
        KeycloakContext context = session.getContext();
        if (context.getRealm() == null) {
            return;
        }
        BrokerPath.signIn(context.getUri().getPath())
                .map(alias -> session.identityProviders().getByAlias(alias))
                .filter(provider -> !provider.isEnabled())
                .ifPresent(provider -> signIn(context)
                        .flatMap(signIn -> Application.of(session, signIn))
                        .ifPresent(application -> fill(page, provider, application)));
    }

    private void fill(Map<String, Object> page, IdentityProviderModel provider, Application application) {
        String name = ProviderName.of(session, provider);
        page.put("message", new MessageBean(text(application.realm(), name), MessageType.ERROR));
        Response answer = application.refuse(provider.getAlias());
        page.put(
                "client",
                new WayBackBean(session, application.signIn().getClient(), Optional.ofNullable(answer.getLocation())));
    }

    private Optional<AuthenticationSessionModel> signIn(KeycloakContext context) {
        return Optional.ofNullable(context.getAuthenticationSession())
                .or(() -> Optional.ofNullable(
                                context.getUri().getQueryParameters().getFirst(OIDCLoginProtocol.STATE_PARAM))
                        .flatMap(state -> ofState(context.getRealm(), state)));
    }

    /** The sign-in that the state names, if it is the person's own: the browser must have its cookie. */
    private Optional<AuthenticationSessionModel> ofState(RealmModel realm, String encoded) {
        IdentityBrokerState state;
        try {
            state = IdentityBrokerState.encoded(encoded, realm);
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
        ClientModel client = state.getClientId() == null ? null : realm.getClientByClientId(state.getClientId());
        return client == null
                ? Optional.empty()
                : Optional.ofNullable(new AuthenticationSessionManager(session)
                        .getCurrentAuthenticationSession(realm, client, state.getTabId()));
    }

    private String text(RealmModel realm, String provider) {
        Locale locale = session.getContext().resolveLocale(null);
        try {
            return new MessageFormat(theme.getEnhancedMessages(realm, locale).getProperty(MESSAGE), locale)
                    .format(new Object[] {provider});
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
