package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.OptIn;
import io.github.multiclientauth.extension.broker.ProviderFailurePage;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.forms.login.LoginFormsPages;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.forms.login.freemarker.model.IdentityProviderBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;

/** Keycloak's pages, in whatever theme, which offer an application's visitors only the providers that it may use. */
final class RuledLoginFormsProvider extends FreeMarkerLoginFormsProvider {

    /** What themes call the list. */
    private static final String PROVIDERS = "social";

    RuledLoginFormsProvider(KeycloakSession session) {
        super(session);
    }

    /** Not where an application that has opted in can be told of a provider's failure instead. */
    @Override
    public Response createErrorPage(Response.Status status) {
        return ProviderFailurePage.answer(session, authenticationSession)
                .orElseGet(() -> super.createErrorPage(status));
    }

    @Override
    protected void createCommonAttributes(
            Theme theme, Locale locale, Properties messages, UriBuilder baseUri, LoginFormsPages page) {
        super.createCommonAttributes(theme, locale, messages, baseUri, page);
        if (authenticationSession != null
                && attributes.get(PROVIDERS) instanceof IdentityProviderBean all
                && OptIn.concerns(authenticationSession)) {
            attributes.put(PROVIDERS, new AllowedProvidersBean(all, authenticationSession.getClient()));
        }
    }
}
