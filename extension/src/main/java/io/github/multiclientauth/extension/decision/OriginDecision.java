package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.Printable;
import io.github.multiclientauth.origin.Origin;

/** Whether a sign-in may go on, as far as its origin is concerned. */
public sealed interface OriginDecision {

    /** The origin is one of the client's. */
    record Admitted(Origin origin) implements OriginDecision {}

    /**
     * The sign-in ends here.
     *
     * @param claimed what the request said, as it came: never to be shown or logged without {@link Printable}
     */
    record Refused(Reason reason, String claimed) implements OriginDecision {}

    /** Why a sign-in is refused; the codes are what Keycloak's event log shows. */
    enum Reason {
        /** The configuration wants the parameter, and it is not there. */
        PARAMETER_MISSING("parameter_missing", "it has no client_origin, which the flow's configuration requires"),
        /** The parameter is there more than once. */
        PARAMETER_DUPLICATED("parameter_duplicated", "client_origin is there more than once"),
        /** There is nothing but a scheme, host and port in an origin. */
        NOT_AN_ORIGIN("not_an_origin", "that is not an origin"),
        /** An origin, but not one of this client's. */
        FOREIGN_ORIGIN("foreign_origin", "that is not among the client's Web origins");

        private final String code;
        private final String text;

        Reason(String code, String text) {
            this.code = code;
            this.text = text;
        }

        public String code() {
            return code;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
