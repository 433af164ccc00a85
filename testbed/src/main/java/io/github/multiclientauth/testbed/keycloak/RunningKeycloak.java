package io.github.multiclientauth.testbed.keycloak;

import io.github.multiclientauth.testbed.process.Child;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A Keycloak that has been started with the project's realm, from the server zip or from the image. */
public interface RunningKeycloak extends AutoCloseable {

    /**
     * Returns when the server is ready and the realm imported.
     *
     * @param progress gets the time that has passed, about once a second
     */
    void awaitReady(Consumer<Duration> progress);

    URI address();

    /** The issuer of the project's realm. */
    URI issuer();

    /**
     * The file that {@code ${vault.key}} in a secret refers to. A test that writes it also deletes it.
     *
     * @param key without underscores, which Keycloak doubles
     */
    Path vaultFile(String key);

    Child process();

    @Override
    void close();
}
