package io.github.multiclientauth.facade.client;

/** The current applications. Implementations answer from memory, because every request asks. */
public interface ClientDirectory {

    /** A consistent view. Later calls may return another one. */
    DirectorySnapshot snapshot();
}
