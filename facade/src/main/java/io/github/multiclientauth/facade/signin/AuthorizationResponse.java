package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Parameters;
import java.util.Optional;

/**
 * Keycloak's answer at the end of a sign-in, before any check.
 *
 * @param description {@code error_description}: a code of the extension, or words of Keycloak
 * @param issuer {@code iss} (RFC 9207, section 2)
 * @param actionStatus {@code kc_action_status}: how an action ended
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2">RFC 6749, section 4.1.2</a>
 */
record AuthorizationResponse(
        Optional<String> state,
        Optional<String> code,
        Optional<String> error,
        Optional<String> description,
        Optional<String> issuer,
        Optional<String> actionStatus) {

    /** Reads the response from the query, or from the body for {@code response_mode=form_post}. */
    static AuthorizationResponse of(AuthRequest callback) {
        Parameters parameters = callback.isPost() ? callback.body() : callback.query();
        return new AuthorizationResponse(
                parameters.nonEmpty("state"),
                parameters.nonEmpty("code"),
                parameters.nonEmpty("error"),
                parameters.nonEmpty("error_description"),
                parameters.nonEmpty("iss"),
                parameters.nonEmpty(RequestedAction.STATUS));
    }
}
