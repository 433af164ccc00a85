package io.github.multiclientauth.facade.client;

/** The applications, as they are now. Implementations answer from memory: this is asked on every request. */
public interface ClientDirectory {

    /** A consistent view; later calls may give another one. */
    DirectorySnapshot snapshot();
}
