package io.github.multiclientauth.extension.compatibility;

/**
 * A provider of ours under the name of one of Keycloak's, in whose place it stands.
 *
 * <p>Keycloak first chooses among those of one name, the one with the highest order, and then asks the chosen one alone whether it
 * is supported (seen on 26.7.3). So ours has to lose where it is off: otherwise neither would be left, and Keycloak without its own
 * pages answers every sign-in with 500, in realms that do not know us, too.
 */
public interface ReplacingProviderFactory extends CheckedProviderFactory {

    /** Above Keycloak's own, 0, and those of others with it. */
    int IN_FRONT = 100;

    /** Below all. */
    int BEHIND = Integer.MIN_VALUE;

    /** What {@code order()} has to return. */
    default int orderBesideKeycloaks() {
        return order(ServerCheck.isPassed());
    }

    /** @param isOffered whether the server has all that we use */
    static int order(boolean isOffered) {
        return isOffered ? IN_FRONT : BEHIND;
    }
}
