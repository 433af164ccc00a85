package io.github.multiclientauth.facade.oidc;

import io.github.multiclientauth.facade.client.ClientId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The source of changes at Keycloak that concern sessions. All times are by Keycloak's clock. */
public interface ChangesSource {

    /**
     * Fetches the changes once. May block.
     *
     * @param since the {@code now} of an earlier answer. Without it, everything that Keycloak remembers is fetched
     */
    Fetched fetch(Optional<Instant> since);

    /** The outcome of a fetch. */
    sealed interface Fetched {

        /** The value of the function for this case. */
        <T> T match(Function<Changes, T> changes, Function<Failed, T> failed);

        /**
         * The changes. An answer may repeat changes of an earlier one.
         *
         * @param now when Keycloak answered
         * @param since since when Keycloak remembers all changes. If this is later than the time that was asked for,
         *     changes in between may be missing
         */
        record Changes(Instant now, Instant since, List<Change> changes) implements Fetched {

            public Changes {
                changes = List.copyOf(changes);
            }

            @Override
            public <T> T match(Function<Changes, T> changes, Function<Failed, T> failed) {
                return changes.apply(this);
            }
        }

        /** @param reason for the operator, without a secret */
        record Failed(String reason) implements Fetched {
            @Override
            public <T> T match(Function<Changes, T> changes, Function<Failed, T> failed) {
                return failed.apply(this);
            }
        }
    }

    /** A change. Except for the end of a session, it only means that Keycloak has to be asked about sessions again. */
    sealed interface Change {

        /** When the change took effect. Sessions confirmed later are not concerned. */
        Instant at();

        /** The value of the function for this case. */
        <T> T match(
                Function<SessionEnded, T> sessionEnded,
                Function<UserChanged, T> userChanged,
                Function<ClientChanged, T> clientChanged,
                Function<RealmChanged, T> realmChanged);

        /** This session has ended. */
        record SessionEnded(Instant at, String sid) implements Change {
            @Override
            public <T> T match(
                    Function<SessionEnded, T> sessionEnded,
                    Function<UserChanged, T> userChanged,
                    Function<ClientChanged, T> clientChanged,
                    Function<RealmChanged, T> realmChanged) {
                return sessionEnded.apply(this);
            }
        }

        /**
         * Something about a user has changed.
         *
         * @param userId Keycloak's id of the user. It differs from the subject of a pairwise {@link Identity}
         * @param exceptSid the only session of the user that is not concerned
         */
        record UserChanged(Instant at, String userId, Optional<String> exceptSid) implements Change {
            @Override
            public <T> T match(
                    Function<SessionEnded, T> sessionEnded,
                    Function<UserChanged, T> userChanged,
                    Function<ClientChanged, T> clientChanged,
                    Function<RealmChanged, T> realmChanged) {
                return userChanged.apply(this);
            }
        }

        /** Something about a client has changed. It concerns all sessions of this client. */
        record ClientChanged(Instant at, ClientId clientId) implements Change {
            @Override
            public <T> T match(
                    Function<SessionEnded, T> sessionEnded,
                    Function<UserChanged, T> userChanged,
                    Function<ClientChanged, T> clientChanged,
                    Function<RealmChanged, T> realmChanged) {
                return clientChanged.apply(this);
            }
        }

        /** Something about the realm has changed, or too much for single changes. It concerns all sessions. */
        record RealmChanged(Instant at) implements Change {
            @Override
            public <T> T match(
                    Function<SessionEnded, T> sessionEnded,
                    Function<UserChanged, T> userChanged,
                    Function<ClientChanged, T> clientChanged,
                    Function<RealmChanged, T> realmChanged) {
                return realmChanged.apply(this);
            }
        }
    }
}
