package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.GlobalListenerProviderFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** For clients that have not opted in it does nothing. */
public final class ConsentListenerProviderFactory extends GlobalListenerProviderFactory {

    public static final String ID = "multi-client-auth-consent";

    public ConsentListenerProviderFactory() {
        super(ID);
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new ConsentListenerProvider(session);
    }
}
