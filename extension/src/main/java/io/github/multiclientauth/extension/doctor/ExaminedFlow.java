package io.github.multiclientauth.extension.doctor;

import java.util.List;
import java.util.Set;

/**
 * A browser flow by which people sign in to applications.
 *
 * @param step where its step "Client origin" is
 * @param clientIds the applications that use it; empty if the flow only says which client scope opts clients in
 * @param clientScope the name of the client scope that opts clients in
 * @param optional those of the applications that have that client scope as an optional one. Token requests then choose
 *     whether its mappers run
 * @param scopeExists whether there is such a client scope
 * @param scopeHasMapper whether that has the mapper "Client origin"
 */
public record ExaminedFlow(
        String alias,
        Step step,
        List<String> clientIds,
        String clientScope,
        Set<String> optional,
        boolean scopeExists,
        boolean scopeHasMapper) {

    /** Where the step is. */
    public enum Step {
        /** It is first and required, and no alternative follows on its level. */
        FIRST,
        /** It is not first, not required, or not there. */
        MISSING,
        /** It is required beside alternatives. Keycloak then ignores those, and nobody can sign in by the flow. */
        BESIDE_ALTERNATIVES
    }

    public ExaminedFlow {
        clientIds = List.copyOf(clientIds);
        optional = Set.copyOf(optional);
    }
}
