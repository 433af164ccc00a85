package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;
import org.keycloak.theme.freemarker.DefaultFreeMarkerProviderFactory;
import org.keycloak.theme.freemarker.FreeMarkerProvider;
import org.keycloak.theme.freemarker.FreeMarkerProviderFactory;

/**
 * Keycloak's templates, with other data for one page: the error for a person whose provider has been disabled. Keycloak
 * refuses such a provider before anything else runs, and creates the page in a place where only the template can be
 * changed.
 */
public final class RuledFreeMarkerProvider implements FreeMarkerProvider {

    private static final String ERROR_PAGE = "error.ftl";

    private final KeycloakSession session;
    private final FreeMarkerProvider keycloak;

    RuledFreeMarkerProvider(KeycloakSession session, FreeMarkerProvider keycloak) {
        this.session = session;
        this.keycloak = keycloak;
    }

    @Override
    public String processTemplate(Object data, String templateName, Theme theme) throws FreeMarkerException {
        if (ERROR_PAGE.equals(templateName) && theme.getType() == Theme.Type.LOGIN && data instanceof Map<?, ?> page) {
            new DisabledProviderPage(session, theme).fill(attributes(page));
        }
        return keycloak.processTemplate(data, templateName, theme);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> attributes(Map<?, ?> page) {
        return (Map<String, Object>) page;
    }

    @Override
    public void close() {
        keycloak.close();
    }

    /** Takes the place of Keycloak's factory of templates, under its name. */
    public static final class Factory
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
}
