package io.github.multiclientauth.extension.rules;

import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;
import org.keycloak.theme.freemarker.FreeMarkerProvider;

/**
 * Keycloak's templates, of which one page is filled differently: the error that somebody sees whose provider has been
 * disabled. Keycloak refuses to look for such a provider before anything else is asked, and makes the page in a place where
 * nothing but the template can be changed.
 */
final class RuledFreeMarkerProvider implements FreeMarkerProvider {

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
}
