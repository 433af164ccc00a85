package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.ApplicationAnswer;
import io.github.multiclientauth.extension.broker.OptIn;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * Keycloak's error page, for somebody who is on the way to a provider that has been disabled, or on the way back. It says
 * what has happened, in the place of "Page not found", and leads back to the application with {@code access_denied}.
 */
record DisabledProviderPage(KeycloakSession session, Theme theme) {

    /** In {@code theme-resources/messages}; argument: name of the provider. */
    static final String MESSAGE = "multiClientAuthProviderDisabled";

    /** Where Keycloak's brokers send people off, and where they come back. */
    private static final Pattern ADDRESS = Pattern.compile("/?realms/[^/]+/broker/([^/]+)/(?:login|endpoint)(?:/.*)?");

    /** @param page what the template is to be filled with; left as it is unless this is such a case */
    void fill(Map<String, Object> page) {
        KeycloakContext context = session.getContext();
        Matcher address = ADDRESS.matcher(context.getUri().getPath());
        if (context.getRealm() == null || !address.matches()) {
            return;
        }
        Optional.ofNullable(session.identityProviders().getByAlias(address.group(1)))
                .filter(provider -> !provider.isEnabled())
                .ifPresent(provider ->
                        signIn(context).filter(OptIn::concerns).ifPresent(signIn -> fill(page, provider, signIn)));
    }

    private void fill(Map<String, Object> page, IdentityProviderModel provider, AuthenticationSessionModel signIn) {
        page.put("message", new MessageBean(text(signIn.getRealm(), name(provider)), MessageType.ERROR));
        Response answer = new ApplicationAnswer(session, signIn, provider.getAlias()).notAllowed();
        page.put("client", new WayBackBean(session, signIn.getClient(), Optional.ofNullable(answer.getLocation())));
    }

    private Optional<AuthenticationSessionModel> signIn(KeycloakContext context) {
        return Optional.ofNullable(context.getAuthenticationSession())
                .or(() -> Optional.ofNullable(
                                context.getUri().getQueryParameters().getFirst(OIDCLoginProtocol.STATE_PARAM))
                        .flatMap(state -> ofState(context.getRealm(), state)));
    }

    /** The person's own only: the browser must have its cookie. */
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

    private static String name(IdentityProviderModel provider) {
        return Optional.ofNullable(provider.getDisplayName())
                .filter(name -> !name.isBlank())
                .orElseGet(provider::getAlias);
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
