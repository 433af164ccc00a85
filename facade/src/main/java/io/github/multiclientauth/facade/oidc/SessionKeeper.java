package io.github.multiclientauth.facade.oidc;

import io.github.multiclientauth.facade.client.ClientId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keycloak as the keeper of sessions: it says whether they are alive, and ends them. Every call may block for as long
 * as the configured time-outs allow: never call it on an event loop.
 */
public interface SessionKeeper {

    /** The largest number of questions in one call. */
    int MOST = 500;

    /**
     * Asks about sessions, of any application each.
     *
     * @param questions at least one, and at most {@link #MOST}
     * @return one verdict for each question, in the same order
     */
    List<Verdict> ask(List<Question> questions);

    /** Ends a session of this client at Keycloak, and with it the session of the user at all other applications. */
    Ending end(ClientId client, String sid);

    /**
     * Does the same, or says where the browser has to go for that.
     *
     * @param returnTo where the browser goes in the end
     */
    default Ending endInBrowser(ClientId client, String sid, String returnTo) {
        return end(client, sid);
    }

    /**
     * A question about one session.
     *
     * @param confirmedAt when Keycloak last said that the session is alive, by Keycloak's clock
     * @param extend whether the question counts as activity of the user and extends the session's idle time
     */
    record Question(ClientId client, String sid, Instant confirmedAt, boolean extend) {}

    /** Keycloak's answer about one session. */
    sealed interface Verdict {

        /** The value of the function for this case. */
        <T> T match(Function<Alive, T> alive, Function<Ended, T> ended, Function<Unknown, T> unknown);

        /**
         * The session is alive.
         *
         * @param identity the user with the current claims
         * @param at when Keycloak answered, by Keycloak's clock
         * @param endsAt when the session ends without further activity, by Keycloak's clock; empty if it never ends
         */
        record Alive(Identity identity, Instant at, Optional<Instant> endsAt) implements Verdict {
            @Override
            public <T> T match(Function<Alive, T> alive, Function<Ended, T> ended, Function<Unknown, T> unknown) {
                return alive.apply(this);
            }
        }

        /**
         * The session is over, for example signed out, idle, or the user was disabled.
         *
         * @param reason for the operator
         */
        record Ended(String reason) implements Verdict {
            @Override
            public <T> T match(Function<Alive, T> alive, Function<Ended, T> ended, Function<Unknown, T> unknown) {
                return ended.apply(this);
            }
        }

        /**
         * The state of the session is unknown: Keycloak did not answer, refused the facade itself, or could not check
         * this session.
         *
         * @param reason for the operator
         */
        record Unknown(String reason) implements Verdict {
            @Override
            public <T> T match(Function<Alive, T> alive, Function<Ended, T> ended, Function<Unknown, T> unknown) {
                return unknown.apply(this);
            }
        }
    }

    /** The outcome of ending a session. */
    sealed interface Ending {

        /** The value of the function for this case. */
        <T> T match(
                Function<Ended, T> ended,
                Function<InBrowser, T> inBrowser,
                Function<NotThere, T> notThere,
                Function<Failed, T> failed);

        /** Keycloak has ended the session. */
        record Ended() implements Ending {
            @Override
            public <T> T match(
                    Function<Ended, T> ended,
                    Function<InBrowser, T> inBrowser,
                    Function<NotThere, T> notThere,
                    Function<Failed, T> failed) {
                return ended.apply(this);
            }
        }

        /**
         * Keycloak ends the session when the browser comes to an address. The administrator wants it so, for Keycloak's own
         * sign-out page or the identity provider's.
         *
         * @param address of Keycloak. It contains a token and is only for the browser of this user
         */
        record InBrowser(URI address) implements Ending {
            @Override
            public <T> T match(
                    Function<Ended, T> ended,
                    Function<InBrowser, T> inBrowser,
                    Function<NotThere, T> notThere,
                    Function<Failed, T> failed) {
                return inBrowser.apply(this);
            }

            /** Keeps the token out of messages. */
            @Override
            public String toString() {
                return "InBrowser[***]";
            }
        }

        /** Keycloak has no such session of this client. It may have ended before, or was never one of this client. */
        record NotThere() implements Ending {
            @Override
            public <T> T match(
                    Function<Ended, T> ended,
                    Function<InBrowser, T> inBrowser,
                    Function<NotThere, T> notThere,
                    Function<Failed, T> failed) {
                return notThere.apply(this);
            }
        }

        /**
         * Keycloak's session may still be alive.
         *
         * @param reason for the operator
         */
        record Failed(String reason) implements Ending {
            @Override
            public <T> T match(
                    Function<Ended, T> ended,
                    Function<InBrowser, T> inBrowser,
                    Function<NotThere, T> notThere,
                    Function<Failed, T> failed) {
                return failed.apply(this);
            }
        }
    }
}
