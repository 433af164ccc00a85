package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's factory of its pages, under its name. */
public final class RuledLoginFormsProviderFactory extends FreeMarkerLoginFormsProviderFactory
        implements ReplacingProviderFactory<LoginFormsProvider> {

    @Override
    public LoginFormsProvider create(KeycloakSession session) {
        return new RuledLoginFormsProvider(session);
    }
}
