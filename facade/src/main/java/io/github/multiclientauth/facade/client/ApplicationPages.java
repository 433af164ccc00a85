package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.PagePath;
import java.util.Optional;

/**
 * The pages of its own that an application has in place of the facade's, as {@code pages} of Auth.js.
 *
 * @param signIn where people choose how to sign in
 * @param error where people read what went wrong
 */
public record ApplicationPages(Optional<PagePath> signIn, Optional<PagePath> error) {

    /** The facade's pages alone. */
    public static final ApplicationPages NONE = new ApplicationPages(Optional.empty(), Optional.empty());
}
