package io.github.multiclientauth.adopt;

/** A request that Keycloak did not answer, or answered with an unexpected error. It is safe to run the same command again. */
public final class AdminApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AdminApiException(String message, Exception cause) {
        super(message, cause);
    }
}
