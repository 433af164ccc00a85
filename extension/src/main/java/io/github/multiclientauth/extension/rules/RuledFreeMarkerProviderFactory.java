package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.theme.freemarker.DefaultFreeMarkerProviderFactory;
import org.keycloak.theme.freemarker.FreeMarkerProvider;
import org.keycloak.theme.freemarker.FreeMarkerProviderFactory;

/** Takes the place of Keycloak's factory of templates, under its name. */
public final class RuledFreeMarkerProviderFactory
        implements FreeMarkerProviderFactory, ReplacingProviderFactory<FreeMarkerProvider> {

    private final FreeMarkerProviderFactory keycloak = new DefaultFreeMarkerProviderFactory();

    @Override
    public String getId() {
        return keycloak.getId();
    }

    @Override
    public FreeMarkerProvider create(KeycloakSession session) {
        return new RuledFreeMarkerProvider(session, keycloak.create(session));
    }

    @Override
    public void init(Config.Scope config) {
        keycloak.init(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        keycloak.postInit(factory);
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
