package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.extension.provider.ProviderServer;
import java.util.Comparator;

/**
 * An identity provider of the realm, as far as the directory tells of it.
 *
 * @param server its type, and where it signs people in
 * @param displayName what people call it
 * @param linkOnly whether it only links accounts and signs nobody in
 * @param hidden whether Keycloak's login page leaves it out
 * @param position in that page, the smaller the higher
 */
public record RealmProvider(
        String alias,
        ProviderServer server,
        String displayName,
        boolean enabled,
        boolean linkOnly,
        boolean hidden,
        int position) {

    /** Where Keycloak puts those for which the administrator has given no display order. */
    private static final int LAST = 10_000;

    /** As Keycloak's login page does: by display order, then by alias. */
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
