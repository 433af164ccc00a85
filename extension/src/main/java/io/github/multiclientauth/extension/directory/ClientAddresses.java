package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.Registration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.common.util.UriUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.RedirectUtils;

/**
 * The addresses of a client, as Keycloak itself resolves what was entered.
 *
 * @param webOrigins sorted; {@code *} is left out, since it names no origin
 * @param redirectUris absolute, sorted
 */
record ClientAddresses(List<String> webOrigins, List<String> redirectUris) {

    /** Keycloak replaces this by the origins of the redirect URIs. */
    private static final String OF_REDIRECT_URIS = "+";

    private static final String EVERYWHERE = "*";

    static ClientAddresses of(KeycloakSession session, Registration client) {
        Set<String> redirects = RedirectUtils.resolveValidRedirects(session, client.rootUrl(), client.redirectUris());
        return new ClientAddresses(
                webOrigins(client.webOrigins(), redirects),
                redirects.stream().sorted().toList());
    }

    /** Does the same as {@code WebOriginsUtils}, which needs a whole client. A test compares both. */
    private static List<String> webOrigins(Set<String> entered, Set<String> redirects) {
        TreeSet<String> origins = new TreeSet<>(entered);
        if (origins.remove(OF_REDIRECT_URIS)) {
            redirects.stream()
                    .filter(uri -> uri.startsWith("http://") || uri.startsWith("https://"))
                    .map(UriUtils::getOrigin)
                    .forEach(origins::add);
        }
        origins.remove(EVERYWHERE);
        return List.copyOf(origins);
    }
}
