package io.github.multiclientauth.extension.doctor;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the doctor looks at.
 *
 * @param flows those that applications use, and the realm's own
 * @param signingIn aliases of the identity providers that sign people in
 * @param keepsPicture whether Keycloak keeps a user's attribute {@code picture}
 * @param unreachable why logout URLs cannot be reached, by URL
 */
public record ExaminedRealm(
        List<ExaminedApplication> applications,
        List<ExaminedFlow> flows,
        Set<String> signingIn,
        boolean keepsPicture,
        Map<String, String> unreachable) {

    public ExaminedRealm {
        applications = List.copyOf(applications);
        flows = List.copyOf(flows);
        signingIn = Set.copyOf(signingIn);
        unreachable = Map.copyOf(unreachable);
    }
}
