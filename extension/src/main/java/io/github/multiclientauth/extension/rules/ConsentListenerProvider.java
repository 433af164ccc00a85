package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.ClientOriginNote;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/**
 * Ends the replaced session where the person is asked for consent. None of our steps runs between the consent and the
 * end of the sign-in. Only Keycloak's event does, and the replaced session still exists then.
 */
final class ConsentListenerProvider implements EventListenerProvider {

    private final KeycloakSession session;

    ConsentListenerProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (isConsentGiven(event)) {
            Optional.ofNullable(session.getContext().getAuthenticationSession())
                    .filter(ClientOriginNote::isWritten)
                    .ifPresent(signIn -> SignInGateProvider.endReplacedSession(session, signIn));
        }
    }

    private static boolean isConsentGiven(Event event) {
        Map<String, String> details = event.getDetails();
        return event.getType() == EventType.LOGIN
                && details != null
                && Details.CONSENT_VALUE_CONSENT_GRANTED.equals(details.get(Details.CONSENT));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // Administrators' changes are no sign-ins.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
