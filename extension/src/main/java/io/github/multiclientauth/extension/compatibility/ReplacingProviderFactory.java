package io.github.multiclientauth.extension.compatibility;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/**
 * A factory that replaces the one of Keycloak with the same id.
 *
 * <p>Keycloak first chooses the factory of the highest order among those of one id, and then asks only that one whether it is supported
 * (seen on 26.7.3). So ours must have the lowest order where it is not supported. Otherwise neither would be left, and Keycloak without its
 * own pages answers every sign-in with 500, even in realms that do not use the extension.
 *
 * @param <T> what it creates
 */
public interface ReplacingProviderFactory<T extends Provider> extends ProviderFactory<T>, CheckedProviderFactory {

    /** Above Keycloak's own, 0, and those of other extensions with the same order. */
    int IN_FRONT = 100;

    /** Below all. */
    int BEHIND = Integer.MIN_VALUE;

    @Override
    default int order() {
        return order(ServerCheck.isPassed());
    }

    /** @param isOffered whether the server has all that we use */
    static int order(boolean isOffered) {
        return isOffered ? IN_FRONT : BEHIND;
    }
}
