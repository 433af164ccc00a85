package io.github.multiclientauth.extension.listing;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.multiclientauth.extension.provider.OwnLogin;
import io.github.multiclientauth.extension.provider.ProviderSiblings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The identity providers with which people can sign in to each application of a realm. An application's own provider
 * has the name of the shared one that it replaces.
 */
public final class OfferedProviders {

    /** @param displayName its name for people */
    public record Offer(String alias, String displayName) {}

    private final Map<String, RealmProvider> byAlias;
    private final ProviderSiblings siblings;
    private final List<RealmProvider> shared;
    private final OwnLoginLabels ownLogin;

    public OfferedProviders(RealmContents realm) {
        ownLogin = realm.ownLogin();
        byAlias = realm.providers().stream()
                .collect(toUnmodifiableMap(RealmProvider::alias, identity(), (first, same) -> first));
        siblings = new ProviderSiblings(
                alias -> Optional.ofNullable(byAlias.get(alias)).map(OfferedProviders::summary));
        Set<String> clientIds =
                realm.applications().stream().map(Registration::clientId).collect(toUnmodifiableSet());
        shared = realm.providers().stream()
                .filter(provider -> !OwnLogin.isNameOf(provider.alias()))
                .filter(provider -> !siblings.isSibling(provider.alias(), clientIds::contains))
                .sorted(RealmProvider.ORDER)
                .toList();
    }

    /**
     * Returns the offers in the order of Keycloak's login page.
     *
     * @param redirectUris of the client, absolute
     */
    public List<Offer> to(Registration client, List<String> redirectUris) {
        List<Offer> offers = new ArrayList<>();
        for (RealmProvider provider : shared) {
            if (isOffered(provider, client)) {
                offers.add(new Offer(provider.alias(), provider.displayName()));
            }
        }
        if (client.allows(OwnLogin.NAME) && RegisteredCallback.isRegistered(OwnLogin.NAME, redirectUris)) {
            offers.add(new Offer(OwnLogin.NAME, ownLogin.of(client)));
        }
        return offers;
    }

    /**
     * Returns the providers whose alias is that of a sibling for this client, but which are none. Each comes with the
     * shared provider that it is named after.
     */
    public Map<String, String> onlyNamedAfterAnother(Registration client) {
        Map<String, String> found = new TreeMap<>();
        byAlias.keySet()
                .forEach(alias -> siblings.onlyNamedAfter(alias, client.clientId())
                        .ifPresent(shared -> found.put(alias, shared)));
        return found;
    }

    private boolean isOffered(RealmProvider provider, Registration client) {
        if (!client.allows(provider.alias())) {
            return false;
        }
        String serving = siblings.serving(provider.alias(), client.clientId());
        if (!serving.equals(provider.alias())) {
            // Only this client has it. Hiding it on the login page hides it from others only.
            return byAlias.get(serving).signsIn();
        }
        return provider.signsIn() && (!provider.hidden() || client.names(provider.alias()));
    }

    private static ProviderSiblings.Summary summary(RealmProvider provider) {
        return new ProviderSiblings.Summary(provider.alias(), provider.server(), provider.enabled());
    }
}
