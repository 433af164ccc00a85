package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.extension.provider.ProviderServer;
import java.util.Comparator;

/**
 * An identity provider of the realm, as the directory shows it.
 *
 * @param server its type, and where it signs people in
 * @param displayName its name for people
 * @param linkOnly whether it only links accounts and signs nobody in
 * @param hidden whether Keycloak's login page leaves it out
 * @param position in that page, smaller numbers first
 */
public record RealmProvider(
        String alias,
        ProviderServer server,
        String displayName,
        boolean enabled,
        boolean linkOnly,
        boolean hidden,
        int position) {

    /** The position of providers without a display order. */
    private static final int LAST = 10_000;

    /** The order of Keycloak's login page: by display order, then by alias. */
    public static final Comparator<RealmProvider> ORDER =
            Comparator.comparingInt(RealmProvider::position).thenComparing(RealmProvider::alias);

    /** @param displayOrder as entered in the console, {@code null} if nothing was */
    public static int positionOf(String displayOrder) {
        try {
            return displayOrder == null ? LAST : Integer.parseInt(displayOrder);
        } catch (NumberFormatException e) {
            return LAST;
        }
    }

    public boolean signsIn() {
        return enabled && !linkOnly;
    }
}
