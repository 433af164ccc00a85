package io.github.multiclientauth.extension.session;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import io.github.multiclientauth.extension.application.ClientName;
import io.github.multiclientauth.extension.application.ClientOriginNote;
import io.github.multiclientauth.extension.application.ClientProviders;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.device.DeviceActivityManager;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** The sessions of one user, as the user may see and end them at one application. Never a session of somebody else. */
final class Siblings {

    /** How many sessions are listed: those that were used last. The others can still be ended. */
    static final int MOST = 100;

    /** How many clients of a session are listed. */
    private static final int MOST_PLACES = 50;

    private final KeycloakSession session;
    private final SessionCheck check;
    private final RealmModel realm;
    private final ClientModel client;
    private final String sid;
    private final UserModel user;
    private final long notBefore;
    private final Extent extent;

    private Siblings(
            KeycloakSession session, SessionCheck check, ClientModel client, UserSessionModel own, Extent extent) {
        this.session = session;
        this.check = check;
        this.realm = session.getContext().getRealm();
        this.client = client;
        this.sid = own.getId();
        this.user = own.getUser();
        this.notBefore = Math.max(realm.getNotBefore(), session.users().getNotBeforeOfUser(realm, user));
        this.extent = extent;
    }

    /**
     * The sessions of the user whose session asks.
     *
     * @param ofThisClientOnly whether only those count in which the application takes part
     * @return empty unless that session is alive at that application, by the rules for a confirmation
     */
    static Optional<Siblings> of(
            KeycloakSession session, RecentChanges changes, Question asking, boolean ofThisClientOnly) {
        SessionCheck check = new SessionCheck(session, changes);
        if (!(check.check(asking) instanceof Verdict.Alive)) {
            return Optional.empty();
        }
        RealmModel realm = session.getContext().getRealm();
        return Stream.of(
                        session.sessions().getUserSession(realm, asking.sid()),
                        session.sessions().getOfflineUserSession(realm, asking.sid()))
                .filter(found -> found != null && found.getUser() != null)
                .findFirst()
                .flatMap(own -> check.application(asking.client())
                        .map(client ->
                                new Siblings(session, check, client, own, Extent.of(own, client, ofThisClientOnly))));
    }

    /** The ids of the sessions: the one that asks first, then those that were used last. */
    List<String> ids() {
        return List.copyOf(byId().keySet());
    }

    /** The first {@link #MOST} sessions, in the same order. */
    List<Sibling> list() {
        return byId().values().stream().limit(MOST).map(this::sibling).toList();
    }

    /** Ends a session of the same user. Returns false if there is none, or it is the one that asks. */
    boolean end(String other) {
        return !other.equals(sid) && new SignOut(session, client).end(other, extent::includes);
    }

    private Map<String, List<UserSessionModel>> byId() {
        Map<String, List<UserSessionModel>> found = Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                // All are read before the next question to the database.
                .toList()
                .stream()
                .filter(each -> extent.includes(each) && isAlive(each))
                .collect(groupingBy(UserSessionModel::getId));
        Map<String, List<UserSessionModel>> sorted = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(comparing((Map.Entry<String, List<UserSessionModel>> each) ->
                                !each.getKey().equals(sid))
                        .thenComparing(each -> lastUsed(each.getValue()), Comparator.reverseOrder()))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }

    private boolean isAlive(UserSessionModel found) {
        return !SessionCheck.isEnding(found)
                && AuthenticationManager.isSessionValid(realm, found)
                // Keycloak keeps an offline session that it will not accept again, for example.
                && lastUsed(found) >= notBefore;
    }

    // Keycloak 26.0 has no other way to read the time, 26.7 has deprecated this one.
    @SuppressWarnings("removal")
    private static long lastUsed(UserSessionModel found) {
        return found.getLastSessionRefresh();
    }

    private static long lastUsed(List<UserSessionModel> found) {
        return found.stream().mapToLong(Siblings::lastUsed).max().orElseThrow();
    }

    /** @param found the session with an id, online, offline or both */
    private Sibling sibling(List<UserSessionModel> found) {
        UserSessionModel first = found.get(0);
        return new Sibling(
                first.getId(),
                found.stream().mapToLong(UserSessionModel::getStarted).min().orElseThrow(),
                lastUsed(found),
                first.getIpAddress(),
                DeviceText.of(DeviceActivityManager.getCurrentDevice(first)),
                new ClientProviders(session, client).signInProvider(first),
                found.stream().anyMatch(UserSessionModel::isOffline),
                Extent.isImpersonated(first),
                places(found));
    }

    private List<Sibling.Place> places(List<UserSessionModel> found) {
        Map<String, Sibling.Place> places = new LinkedHashMap<>();
        found.stream()
                .flatMap(each -> each.getAuthenticatedClientSessions().values().stream())
                .filter(extent::shows)
                .map(this::place)
                .sorted(comparing((Sibling.Place place) -> !place.client().equals(client.getClientId()))
                        .thenComparing(Sibling.Place::name))
                .forEach(place -> places.putIfAbsent(place.client(), place));
        return places.values().stream().limit(MOST_PLACES).toList();
    }

    private Sibling.Place place(AuthenticatedClientSessionModel clientSession) {
        ClientModel at = clientSession.getClient();
        String name = Objects.requireNonNullElse(ClientName.of(session, realm, at.getName()), "");
        return new Sibling.Place(
                at.getClientId(),
                name.isBlank() ? at.getClientId() : name,
                check.application(at.getClientId())
                        .flatMap(application -> ClientOriginNote.read(clientSession))
                        .map(Object::toString));
    }
}
