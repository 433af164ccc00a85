package io.github.multiclientauth.extension.session;

import io.github.multiclientauth.extension.application.ClientOriginNote;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Ends a session for all its applications, as Keycloak's logout endpoint does for a refresh token: other applications
 * get their logout tokens, and there is an event.
 */
record SignOut(KeycloakSession session, ClientModel client) {

    /** @return whether there was a session with a part of this client */
    boolean end(String sid) {
        return end(sid, each -> each.getAuthenticatedClientSessionByClient(client.getId()) != null);
    }

    /** @return whether there was such a session, online or offline */
    boolean end(String sid, Predicate<UserSessionModel> which) {
        RealmModel realm = session.getContext().getRealm();
        session.getContext().setClient(client);
        // The online one first: Keycloak ends it with the offline one, without the other applications.
        List<UserSessionModel> found = Stream.of(
                        session.sessions().getUserSession(realm, sid),
                        session.sessions().getOfflineUserSession(realm, sid))
                .filter(Objects::nonNull)
                // A browser ends it at this moment. Without it, the browser would get an error at its next step.
                .filter(each -> !SessionCheck.isEnding(each))
                .filter(which)
                .toList();
        found.forEach(this::end);
        return !found.isEmpty();
    }

    private void end(UserSessionModel userSession) {
        KeycloakContext context = session.getContext();
        RealmModel realm = context.getRealm();
        EventBuilder event = new EventBuilder(realm, session, context.getConnection())
                .event(EventType.LOGOUT)
                .client(client)
                .user(userSession.getUser())
                .session(userSession.getId());
        // Read before the session ends.
        Optional.ofNullable(userSession.getAuthenticatedClientSessionByClient(client.getId()))
                .ifPresent(clientSession -> ClientOriginNote.tell(event, clientSession));
        AuthenticationManager.backchannelLogout(
                session,
                realm,
                userSession,
                context.getUri(),
                context.getConnection(),
                context.getHttpRequest().getHttpHeaders(),
                true,
                userSession.isOffline());
        event.success();
    }
}
