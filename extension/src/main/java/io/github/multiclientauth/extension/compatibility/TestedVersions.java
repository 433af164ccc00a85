package io.github.multiclientauth.extension.compatibility;

import java.util.List;

/** The versions of Keycloak on which the tests ran, by their minor version. */
final class TestedVersions {

    static final List<String> MINORS = List.of("26.0", "26.1", "26.2", "26.3", "26.4", "26.5", "26.6", "26.7");

    private TestedVersions() {}

    /** @param version as Keycloak names its own, such as {@code 26.7.4}; builds of others may add to it */
    static boolean include(String version) {
        return MINORS.stream().anyMatch(minor -> version.equals(minor) || version.startsWith(minor + '.'));
    }
}
