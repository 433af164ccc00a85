package io.github.multiclientauth.adopt;

/** Keycloak did not answer, or with an error that nobody expects. Doing the same again is safe. */
final class AdminApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AdminApiException(String message, Exception cause) {
        super(message, cause);
    }
}
