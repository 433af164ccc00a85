package io.github.multiclientauth.extension.directory;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.multiclientauth.extension.application.ClientOriginSettings;
import io.github.multiclientauth.extension.application.ClientProviders;
import io.github.multiclientauth.extension.application.OptIn;
import io.github.multiclientauth.extension.listing.Pages;
import io.github.multiclientauth.extension.listing.Registration;
import io.github.multiclientauth.extension.listing.StepUpEntries;
import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;

/**
 * Reads with Keycloak's models, one client after the other. It is slow for many clients, but works with every storage.
 * A transaction keeps each model that it has read, so there is one for every {@link Pages#SIZE} clients.
 */
final class ModelClientReader implements ClientReader {

    /** @param registration empty if the client has not opted in */
    private record Read(String id, Optional<Registration> registration) {}

    @Override
    public List<Registration> read(RealmTransactions realm) {
        return Pages.all((first, size) -> realm.read((session, model) -> page(session, model, first, size)), Read::id)
                .stream()
                .flatMap(client -> client.registration().stream())
                .toList();
    }

    private static List<Read> page(KeycloakSession session, RealmModel realm, int first, int size) {
        Map<String, ClientOriginSettings> settings = new HashMap<>();
        return session.clients()
                .getClientsStream(realm, first, size)
                .map(client -> new Read(client.getId(), optedIn(realm, client, settings)))
                .toList();
    }

    /** @param settings of the browser flows that were read already */
    private static Optional<Registration> optedIn(
            RealmModel realm, ClientModel client, Map<String, ClientOriginSettings> settings) {
        return Optional.of(client)
                .filter(c -> OptIn.isApplication(
                        realm, c, flow -> settings.computeIfAbsent(flow, each -> OptIn.settings(realm, each))))
                .map(ModelClientReader::registration);
    }

    private static StepUpEntries stepUp(ClientModel client) {
        List<ProtocolMapperModel> mappers = Stream.concat(
                        client.getProtocolMappersStream(),
                        Stream.of(true, false)
                                .flatMap(byDefault -> client.getClientScopes(byDefault).values().stream())
                                .flatMap(ClientScopeModel::getProtocolMappersStream))
                .filter(mapper -> ClientOriginMapper.ID.equals(mapper.getProtocolMapper()))
                .toList();
        return StepUpEntries.of(
                ClientSettingsMapper.values(mappers, StepUpEntries.MINIMUM_ACR),
                ClientSettingsMapper.values(mappers, StepUpEntries.MAXIMUM_AGE),
                ClientSettingsMapper.values(mappers, StepUpEntries.SHOW_AUTHENTICATION),
                AcrLevels.of(
                        client.getAttribute(StepUpEntries.ACR_TO_LOA),
                        client.getRealm().getAttribute(StepUpEntries.ACR_TO_LOA)));
    }

    private static Registration registration(ClientModel client) {
        return new Registration(
                client.getClientId(),
                Objects.requireNonNullElse(client.getName(), ""),
                client.isEnabled(),
                client.isPublicClient(),
                client.getClientAuthenticatorType(),
                client.getRootUrl(),
                Objects.requireNonNullElse(client.getWebOrigins(), Set.of()),
                Objects.requireNonNullElse(client.getRedirectUris(), Set.of()),
                Registration.ATTRIBUTES.stream()
                        .filter(name -> client.getAttribute(name) != null)
                        .collect(toUnmodifiableMap(name -> name, client::getAttribute)),
                ClientProviders.rules(client).toList(),
                PreviewOriginsMapper.entries(client),
                ApplicationPagesMapper.entries(client),
                stepUp(client),
                ApiAccessMapper.entries(client),
                client.getAuthenticationFlowBindingOverride(AuthenticationFlowBindings.BROWSER_BINDING),
                Registration.SCOPES.stream()
                        .filter(scope -> client.getClientScopes(true).containsKey(scope)
                                || client.getClientScopes(false).containsKey(scope))
                        .collect(toUnmodifiableSet()));
    }
}
