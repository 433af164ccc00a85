package io.github.multiclientauth.facade.page;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Stops the start because of a mistake in the operator's pages. Quarkus shows the message without a stack trace. */
final class UnusablePagesException extends ConfigurationException {

    private static final long serialVersionUID = 1L;

    UnusablePagesException(String file, String why) {
        super("mca.pages.directory: " + file + ": " + why);
    }
}
