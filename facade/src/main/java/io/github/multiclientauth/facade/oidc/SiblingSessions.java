package io.github.multiclientauth.facade.oidc;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.origin.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The sessions at Keycloak of the user who has one of them, never those of somebody else. Every call may block for as long as
 * the configured time-outs allow: never call it on an event loop.
 */
public interface SiblingSessions {

    /** Lists them, the one that asks first. */
    Listing list(Asker asking);

    /**
     * Ends one of the others at Keycloak, for all its applications.
     *
     * @param sid as in the list
     */
    Ending end(Asker asking, String sid);

    /** Ends the others. If they are many, some are left. */
    Ending endOthers(Asker asking);

    /**
     * The session that asks, at an application.
     *
     * @param confirmedAt when Keycloak last said that it is alive, by Keycloak's clock
     * @param ofClientOnly whether it is about those sessions alone in which the application takes part
     */
    record Asker(ClientId client, String sid, Instant confirmedAt, boolean ofClientOnly) {}

    /**
     * A session.
     *
     * @param sid Keycloak's id, which is for no page
     * @param address the IP address from which the user signed in
     * @param browser such as {@code Firefox 133}
     * @param system such as {@code Linux}
     * @param provider the alias of the provider that it was begun with
     * @param offline whether an application can use it while no browser does
     * @param impersonated whether an administrator has begun it as the user
     */
    record Sibling(
            String sid,
            Instant started,
            Instant lastUsed,
            Optional<String> address,
            Optional<String> browser,
            Optional<String> system,
            String provider,
            boolean offline,
            boolean impersonated,
            List<Place> places) {
        public Sibling {
            places = List.copyOf(places);
        }
    }

    /**
     * A client that a session is used at.
     *
     * @param origin where the user signed in; empty for a client that is none of our applications
     */
    record Place(String name, Optional<Origin> origin) {}

    /** The outcome of a question for the list. */
    sealed interface Listing {

        /** The value of the function for this case. */
        <T> T match(Function<Listed, T> listed, Function<Over, T> over, Function<Unlisted, T> unlisted);

        /** @param more how many sessions the list lacks, since they are very many */
        record Listed(List<Sibling> sessions, int more) implements Listing {
            public Listed {
                sessions = List.copyOf(sessions);
            }

            @Override
            public <T> T match(Function<Listed, T> listed, Function<Over, T> over, Function<Unlisted, T> unlisted) {
                return listed.apply(this);
            }
        }

        /** The session that asks has ended. */
        record Over() implements Listing {
            @Override
            public <T> T match(Function<Listed, T> listed, Function<Over, T> over, Function<Unlisted, T> unlisted) {
                return over.apply(this);
            }
        }

        /** @param reason for the operator */
        record Unlisted(String reason) implements Listing {
            @Override
            public <T> T match(Function<Listed, T> listed, Function<Over, T> over, Function<Unlisted, T> unlisted) {
                return unlisted.apply(this);
            }
        }
    }

    /** The outcome of ending sessions. */
    sealed interface Ending {

        /** The value of the function for this case. */
        <T> T match(Function<Ended, T> ended, Function<Gone, T> gone, Function<Failed, T> failed);

        /**
         * Sessions have ended.
         *
         * @param left how many have not
         */
        record Ended(List<String> sids, int left) implements Ending {
            public Ended {
                sids = List.copyOf(sids);
            }

            @Override
            public <T> T match(Function<Ended, T> ended, Function<Gone, T> gone, Function<Failed, T> failed) {
                return ended.apply(this);
            }
        }

        /** There was no such session, or the one that asks has ended. */
        record Gone() implements Ending {
            @Override
            public <T> T match(Function<Ended, T> ended, Function<Gone, T> gone, Function<Failed, T> failed) {
                return gone.apply(this);
            }
        }

        /**
         * Sessions may not have ended.
         *
         * @param reason for the operator
         */
        record Failed(String reason) implements Ending {
            @Override
            public <T> T match(Function<Ended, T> ended, Function<Gone, T> gone, Function<Failed, T> failed) {
                return failed.apply(this);
            }
        }
    }
}
