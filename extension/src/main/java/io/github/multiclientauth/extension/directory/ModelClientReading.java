package io.github.multiclientauth.extension.directory;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.github.multiclientauth.extension.broker.OptIn;
import io.github.multiclientauth.extension.origin.ClientOriginSettings;
import io.github.multiclientauth.extension.preview.PreviewOriginsMapper;
import io.github.multiclientauth.extension.rules.ApplicationRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** By Keycloak's models, one client after the other: slow for many, but right with whatever storage. */
final class ModelClientReading implements ClientReading {

    @Override
    public List<Registration> read(KeycloakSession session, RealmModel realm) {
        Map<String, ClientOriginSettings> settings = new HashMap<>();
        return session.clients()
                .getClientsStream(realm)
                .filter(client -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol()))
                // Those of the realm "master" that stand for other realms are such, too.
                .filter(client -> !client.isBearerOnly())
                .filter(client -> !BuiltInClients.IDS.contains(client.getClientId()))
                .filter(client -> OptIn.concerns(
                        client,
                        settings.computeIfAbsent(browserFlow(realm, client), flow -> OptIn.settings(realm, flow))))
                .map(ModelClientReading::registration)
                .toList();
    }

    private static String browserFlow(RealmModel realm, ClientModel client) {
        return Optional.ofNullable(
                        client.getAuthenticationFlowBindingOverride(AuthenticationFlowBindings.BROWSER_BINDING))
                .orElseGet(() -> realm.getBrowserFlow().getId());
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
                ApplicationRules.of(client).toList(),
                PreviewOriginsMapper.entries(client));
    }
}
