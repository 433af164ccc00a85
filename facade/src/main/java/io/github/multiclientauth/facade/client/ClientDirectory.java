package io.github.multiclientauth.facade.client;

/** The current applications. Implementations answer from memory, because every request asks. */
public interface ClientDirectory {

    /** A consistent view. Later calls may return another one. */
    DirectorySnapshot snapshot();

    /**
     * A view that was read after this call, or the last one if Keycloak cannot be reached. It may block, and concurrent
     * callers share one request.
     */
    default DirectorySnapshot readAgain() {
        return snapshot();
    }
}
