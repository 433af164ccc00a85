package io.github.multiclientauth.facade.wire;

import java.util.Optional;

/**
 * The part of the contract that a request is for: {@code /api/auth/<name>} or {@code /api/auth/<name>/<provider>}.
 *
 * @param name of an endpoint
 * @param provider as written in the path; the application may not offer it
 */
public record Route(String name, Optional<String> provider) {

    /** The path that all routes begin with. */
    public static final String BASE_PATH = "/api/auth";
}
