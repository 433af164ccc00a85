package io.github.multiclientauth.extension.changes;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What has changed. All but the end of a session only say whose sessions must be confirmed again. */
sealed interface Change {

    /** The end of a session, whatever ended it. */
    record SessionEnded(String sid) implements Change {

        @Override
        public <T> T match(
                Function<SessionEnded, T> session,
                Function<UserChanged, T> user,
                Function<ClientChanged, T> client,
                Supplier<T> realm) {
            return session.apply(this);
        }
    }

    /**
     * Something about a user, such as the name, a role, a password, or that there is no such user anymore.
     *
     * @param except the session in which the user is up to date
     */
    record UserChanged(String user, Optional<String> except) implements Change {

        UserChanged(String user) {
            this(user, Optional.empty());
        }

        @Override
        public <T> T match(
                Function<SessionEnded, T> session,
                Function<UserChanged, T> user,
                Function<ClientChanged, T> client,
                Supplier<T> realm) {
            return user.apply(this);
        }
    }

    /** Something about a client. */
    record ClientChanged(String clientId) implements Change {

        @Override
        public <T> T match(
                Function<SessionEnded, T> session,
                Function<UserChanged, T> user,
                Function<ClientChanged, T> client,
                Supplier<T> realm) {
            return client.apply(this);
        }
    }

    /** Something that may concern everybody. */
    record RealmChanged() implements Change {

        @Override
        public <T> T match(
                Function<SessionEnded, T> session,
                Function<UserChanged, T> user,
                Function<ClientChanged, T> client,
                Supplier<T> realm) {
            return realm.get();
        }
    }

    /** Handles each kind. */
    <T> T match(
            Function<SessionEnded, T> session,
            Function<UserChanged, T> user,
            Function<ClientChanged, T> client,
            Supplier<T> realm);
}
