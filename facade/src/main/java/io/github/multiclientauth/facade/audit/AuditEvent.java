package io.github.multiclientauth.facade.audit;

import static io.github.multiclientauth.facade.audit.Outcome.FAILURE;
import static io.github.multiclientauth.facade.audit.Outcome.REFUSED;
import static io.github.multiclientauth.facade.audit.Outcome.SUCCESS;

import java.util.Locale;
import java.util.Set;

/** What a line of the audit stream is about. The list is closed: a new event gets a new version of the schema. */
public enum AuditEvent {
    SIGN_IN("A sign-in has ended. `success`: the user has a session at the application.", SUCCESS, REFUSED, FAILURE),
    STEP_UP("A user has signed in, but not as the application demands, and gets no session.", REFUSED),
    ACCOUNT_ACTION(
            "An application has asked Keycloak to link an account or to add a credential (`action`), and Keycloak has"
                    + " answered. If Keycloak has checked who the user is, a `sign_in` of the same session comes before.",
            SUCCESS,
            REFUSED,
            FAILURE),
    SIGN_OUT("A user has signed out at an application.", SUCCESS, REFUSED, FAILURE),
    OWN_SESSIONS_END("A user has ended other sessions of their own (`endedSessions`).", SUCCESS, REFUSED, FAILURE),
    SESSION_END(
            "Keycloak has ended a session: an administrator did, it has expired, or the user has signed out elsewhere."
                    + " Every facade writes it as soon as Keycloak names the session. Where Keycloak names only the user,"
                    + " the facade that reads the session next writes it. A session that was never used at an"
                    + " application of the facade can be among them.",
            SUCCESS),
    BACK_CHANNEL_LOGOUT(
            "A logout token arrived. `success`: it was Keycloak's and has ended a session, or without `session` all"
                    + " sessions of the user at the application.",
            SUCCESS,
            REFUSED,
            FAILURE),
    ACCESS_TOKEN(
            "An application's server, or a reverse proxy, wanted an access token. `success`: Keycloak has issued one."
                    + " While it is valid, the facade gives it out again without a further line.",
            SUCCESS,
            REFUSED,
            FAILURE),
    FORWARD_AUTH("A reverse proxy's question who is signed in was not answered.", REFUSED),
    APPLICATION_ADDED("An administrator has added an application.", SUCCESS),
    APPLICATION_CHANGED("An administrator has changed an application. The other fields say what.", SUCCESS),
    APPLICATION_REMOVED(
            "An administrator has removed an application, or has changed it so that it cannot be served.", SUCCESS),
    FACADE_START("A facade has started. What has changed in Keycloak before is not in its stream.", SUCCESS),
    FACADE_STOP("A facade stops. The last line of a facade that was ended in order.", SUCCESS),
    LINES_LEFT_OUT(
            "Further lines of one kind were left out within a minute (`lines`): the kind that `leftOut`, `reason` and"
                    + " `application` name. Only refusals and failures, which strangers can cause at will, are left out."
                    + " Metrics count all of them.",
            SUCCESS);

    private final String meaning;
    private final Set<Outcome> outcomes;

    AuditEvent(String meaning, Outcome... outcomes) {
        this.meaning = meaning;
        this.outcomes = Set.of(outcomes);
    }

    /** For auditors, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** How it can end. */
    public Set<Outcome> outcomes() {
        return outcomes;
    }

    /** The value of the field {@code event}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
