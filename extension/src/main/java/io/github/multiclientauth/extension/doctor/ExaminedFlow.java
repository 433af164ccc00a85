package io.github.multiclientauth.extension.doctor;

/**
 * A browser flow by which applications sign people in.
 *
 * @param checksOrigin whether it begins with the step "Client origin", required
 * @param clientScope the name of the client scope that opts clients in
 * @param scopeExists whether there is such a client scope
 * @param scopeHasMapper whether that has the mapper "Client origin"
 */
public record ExaminedFlow(
        String alias, boolean checksOrigin, String clientScope, boolean scopeExists, boolean scopeHasMapper) {}
