package io.github.multiclientauth.facade.audit;

import io.github.multiclientauth.facade.event.RequestEvent.Refusal;
import io.github.multiclientauth.facade.wire.Page.Cause;
import java.util.Locale;

/** Why something ended as it did. The list is closed. */
public enum AuditReason {
    ACCESS_DENIED("the user may not use the application"),
    ACCOUNT_DISABLED("the user's account is disabled at Keycloak"),
    ACCOUNT_LOCKED("the user's account is locked at Keycloak for a time, after too many failed sign-ins"),
    ACTION_NOT_AVAILABLE("Keycloak, or the client there, is not set up for the action"),
    ALREADY_FINISHED("the sign-in was finished before: a code was sent twice"),
    AT_KEYCLOAK("Keycloak has said so by itself"),
    BEGUN_ELSEWHERE("this browser has not begun the sign-in here, or long ago: also what a forged answer looks like"),
    BROWSER("a browser asked for what only servers get"),
    BUSY("too many requests wait for Keycloak"),
    CALLBACK_URL("the `callbackUrl` cannot be used"),
    CANCELLED("the user did not go on, at Keycloak or at the provider"),
    CLIENT_DISABLED("the client of the application is disabled in Keycloak"),
    CLIENT_REFUSED("Keycloak does not accept the facade as the application's client"),
    CLOCK_SKEW("the clocks of Keycloak and the facade differ"),
    CODE_REFUSED("Keycloak does not redeem the code"),
    CONFIGURATION("a setting in Keycloak, or of the facade, is wrong"),
    CSRF("the CSRF token is missing or wrong: another site may have caused the request"),
    FOREIGN_ANSWER("the answer comes from another server than Keycloak"),
    FOUND_ENDED("a read of the session found out; it may have ended before"),
    GIVEN_UP("Keycloak could not end its session for so long that the facade has stopped trying"),
    HAND_OFF_REFUSED("the answer is not for this preview, or is too old"),
    KEYCLOAK_SESSION_REMAINS(
            "the user is signed out here, but Keycloak could not end its session yet: the facade goes on trying"),
    KEYCLOAK_UNAVAILABLE("Keycloak could not be asked"),
    LATER("Keycloak has ended the session that it could not end when the user signed out"),
    MALFORMED("parameters are missing or contradict each other"),
    MALFORMED_DEMAND("what the application demands of the sign-in cannot be understood"),
    METHOD("the route has no such method"),
    NOT_ALLOWED("the administrator does not let this application have access tokens, or it is a preview"),
    NOT_CHECKED("the logout token could not be checked: it may be a genuine one"),
    NOT_TRUSTED("whoever asked is no proxy that the facade trusts"),
    OTHER_USER("Keycloak, or its session, is about another user"),
    PROOF("the proof of the key (DPoP) is missing or wrong"),
    PROVIDER_ERROR("Keycloak or the provider answered with an error"),
    PROVIDER_NOT_ALLOWED("a rule does not let users of this provider use the application"),
    PROVIDER_NOT_OFFERED("the application does not offer this provider"),
    REFUSED_BY_KEYCLOAK("the settings in Keycloak allow no token"),
    RULE("the proxy's rule does not allow the application"),
    SERVER_NOT_PROVED("the server did not prove to be the application's"),
    SESSION_ENDED("the user's session is over"),
    SESSION_REQUIRED("nobody is signed in"),
    STEP_UP_REQUIRED("the user did not authenticate as demanded: long ago, or with less"),
    TOKEN_REFUSED("the logout token is not Keycloak's, is for another client, or was used before"),
    TOO_MANY("too many sign-ins were started from one network"),
    TOOK_TOO_LONG("the sign-in took longer than it may"),
    UNCLEAR("the proxy's question contradicts itself or cannot be understood");

    private final String meaning;

    AuditReason(String meaning) {
        this.meaning = meaning;
    }

    /** For auditors, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The value of the field {@code reason}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason of a callback that is refused. Causes of other pages do not occur, and count as a wrong setting. */
    static AuditReason of(Cause cause) {
        return switch (cause) {
            case UNKNOWN_SIGN_IN, NO_COOKIES, BEGUN_BY_AUTH_JS -> BEGUN_ELSEWHERE;
            case ALREADY_FINISHED -> ALREADY_FINISHED;
            case TOOK_TOO_LONG -> TOOK_TOO_LONG;
            case PROVIDER_NOT_OFFERED -> PROVIDER_NOT_OFFERED;
            case CLIENT_REFUSED -> CLIENT_REFUSED;
            case CLOCK_SKEW -> CLOCK_SKEW;
            case FOREIGN_ANSWER -> FOREIGN_ANSWER;
            case CODE_REFUSED -> CODE_REFUSED;
            case SESSION_ENDED -> SESSION_ENDED;
            case UNAVAILABLE, SESSIONS_UNAVAILABLE, NOT_READY -> KEYCLOAK_UNAVAILABLE;
            case ACCESS_DENIED, VERIFICATION -> ACCESS_DENIED;
            case STEP_UP_REQUIRED -> STEP_UP_REQUIRED;
            case OTHER_PERSON -> OTHER_USER;
            case ACTION_NOT_AVAILABLE -> ACTION_NOT_AVAILABLE;
            case MALFORMED_DEMAND -> MALFORMED_DEMAND;
            case PROVIDER_NOT_ALLOWED -> PROVIDER_NOT_ALLOWED;
            case ACCOUNT_DISABLED -> ACCOUNT_DISABLED;
            case ACCOUNT_LOCKED -> ACCOUNT_LOCKED;
            case CALLBACK_URL, CALLBACK_URL_TOO_LONG -> CALLBACK_URL;
            case DISABLED -> CLIENT_DISABLED;
            case MALFORMED, TOO_LARGE, TOO_SLOW -> MALFORMED;
            case TOO_MANY -> TOO_MANY;
            case CONFIGURATION,
                    ORIGIN_NOT_IN_TOKEN,
                    WRONG_ISSUER,
                    NO_ORIGIN,
                    UNKNOWN_ORIGIN,
                    AMBIGUOUS_ORIGIN,
                    OTHER,
                    FAILURE -> CONFIGURATION;
        };
    }

    /** The reason of a request that is refused. */
    static AuditReason of(Refusal refusal) {
        return switch (refusal) {
            case CLIENT_DISABLED -> CLIENT_DISABLED;
            case CALLBACK_URL -> CALLBACK_URL;
            case METHOD -> METHOD;
            case CSRF -> CSRF;
            case SESSION_REQUIRED -> SESSION_REQUIRED;
            case MALFORMED -> MALFORMED;
            case BUSY -> BUSY;
            case RULE -> RULE;
            case BROWSER -> BROWSER;
            case SERVER_NOT_PROVED -> SERVER_NOT_PROVED;
            case NOT_ALLOWED -> NOT_ALLOWED;
            case PROOF -> PROOF;
            case NO_TOKEN -> REFUSED_BY_KEYCLOAK;
        };
    }
}
