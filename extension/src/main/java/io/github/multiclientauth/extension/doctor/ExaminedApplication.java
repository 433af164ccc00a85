package io.github.multiclientauth.extension.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An enabled client that has opted in.
 *
 * @param webOrigins with the redirect URIs' origins instead of {@code +}
 * @param redirectUris absolute
 * @param offered aliases of the identity providers that people can choose there
 * @param withoutCallback those of them for which no redirect URI is registered
 * @param unusedCallbacks its redirect URIs that are callbacks of the facade for something that it does not offer
 * @param named aliases that its rules name
 * @param onlyNamed identity providers that have the alias of one of its own but are none, each with the shared provider
 *     that it is named after
 * @param logoutUrl absolute
 * @param unusableDemands what its mappers Client origin demand of the authentication, and no facade understands
 * @param settings those that can stop its sign-ins
 */
public record ExaminedApplication(
        String clientId,
        Set<String> webOrigins,
        Set<String> redirectUris,
        List<String> offered,
        Set<String> withoutCallback,
        Set<String> unusedCallbacks,
        Set<String> named,
        Map<String, String> onlyNamed,
        Optional<String> logoutUrl,
        List<String> unusableDemands,
        ExaminedSettings settings) {

    public ExaminedApplication {
        webOrigins = Set.copyOf(webOrigins);
        redirectUris = Set.copyOf(redirectUris);
        offered = List.copyOf(offered);
        withoutCallback = Set.copyOf(withoutCallback);
        unusedCallbacks = Set.copyOf(unusedCallbacks);
        named = Set.copyOf(named);
        onlyNamed = Map.copyOf(onlyNamed);
        unusableDemands = List.copyOf(unusableDemands);
    }
}
