package io.github.multiclientauth.extension.rules;

import java.net.URI;
import java.util.Optional;
import org.keycloak.forms.login.freemarker.model.ClientBean;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * The application on a page whose "Back to application" tells it that the person has not signed in. Public, since
 * templates read it.
 */
public final class WayBackBean extends ClientBean {

    private final Optional<URI> answer;

    /**
     * @param answer empty where the application wants answers by form, which no link can send; then the link leads to
     *     its home page
     */
    WayBackBean(KeycloakSession session, ClientModel client, Optional<URI> answer) {
        super(session, client);
        this.answer = answer;
    }

    @Override
    public String getBaseUrl() {
        return answer.map(URI::toString).orElseGet(super::getBaseUrl);
    }
}
