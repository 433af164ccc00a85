package io.github.multiclientauth.extension.session;

import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.UserSessionModel;

/**
 * Which sessions one session sees and ends: those of its user, or fewer.
 *
 * <p>An administrator who impersonates the user sees the own session alone, and ends no other: what the user does
 * elsewhere is not the administrator's, and Keycloak's console shows it to those who may see it, and notes who ends it.
 *
 * @param user the id of the user
 * @param session the id of the only session; empty for all
 * @param client Keycloak's internal id of the only client, which takes part in each session; empty for any
 */
record Extent(String user, Optional<String> session, Optional<String> client) {

    /**
     * What a session may see and end at an application. A mapper of the client decides; the request can only narrow it.
     *
     * @param own the session that asks
     * @param ofThisClientOnly whether the request is about sessions at the application alone
     */
    static Extent of(UserSessionModel own, ClientModel client, boolean ofThisClientOnly) {
        return new Extent(
                own.getUser().getId(),
                Optional.of(own.getId()).filter(id -> isImpersonated(own)),
                Optional.of(client)
                        .filter(each -> ofThisClientOnly || ClientOriginMapper.showsOwnSessionsOnly(each))
                        .map(ClientModel::getId));
    }

    /** Whether the session is among them. */
    boolean includes(UserSessionModel found) {
        return found.getUser() != null
                && found.getUser().getId().equals(user)
                && session.map(id -> id.equals(found.getId())).orElse(true)
                && client.map(id -> found.getAuthenticatedClientSessionByClient(id) != null)
                        .orElse(true);
    }

    /** Whether the client of a session among them is shown. */
    boolean shows(AuthenticatedClientSessionModel clientSession) {
        return clientSession.getClient() != null
                && client.map(id -> id.equals(clientSession.getClient().getId()))
                        .orElse(true);
    }

    static boolean isImpersonated(UserSessionModel found) {
        return found.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null;
    }
}
