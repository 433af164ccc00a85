package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.origin.ClientOriginNote;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/**
 * Where the person is asked for consent, nothing of ours runs between the yes and the end of the sign-in, except for what
 * Keycloak tells about it: at that moment the replaced session is still there.
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
        // Administrators sign nobody in.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
