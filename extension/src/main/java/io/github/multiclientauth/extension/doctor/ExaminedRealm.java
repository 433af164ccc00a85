package io.github.multiclientauth.extension.doctor;

import java.util.List;
import java.util.Set;

/**
 * What the doctor examines.
 *
 * @param flows those that applications use; if there are no applications, those that have the step
 * @param signingIn aliases of the identity providers that sign people in
 * @param impostors aliases of identity providers that have the name of Keycloak's own login page
 * @param keepsPicture whether Keycloak keeps a user's attribute {@code picture}
 * @param unreachable logout URLs that Keycloak cannot reach
 */
public record ExaminedRealm(
        List<ExaminedApplication> applications,
        List<ExaminedFlow> flows,
        Set<String> signingIn,
        Set<String> impostors,
        boolean keepsPicture,
        Set<String> unreachable) {

    public ExaminedRealm {
        applications = List.copyOf(applications);
        flows = List.copyOf(flows);
        signingIn = Set.copyOf(signingIn);
        impostors = Set.copyOf(impostors);
        unreachable = Set.copyOf(unreachable);
    }
}
