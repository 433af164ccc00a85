package io.github.multiclientauth.extension.rules;

import static io.github.multiclientauth.extension.rules.AllowedProvidersMapper.CLIENTS;
import static io.github.multiclientauth.extension.rules.AllowedProvidersMapper.PROVIDERS;

import io.github.multiclientauth.extension.broker.BrokerRules;
import io.github.multiclientauth.extension.broker.OwnLogin;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;

/**
 * The rules that an administrator has given a client, as mappers "Allowed identity providers" in its dedicated scope or in
 * any client scope that is assigned to it. All of them must agree. In a client scope a rule may name the clients that it is
 * for: whoever may change a client, but no client scope, cannot take it away.
 */
public final class ApplicationRules implements BrokerRules {

    /** Knows nothing but what it is asked about. */
    public static final ApplicationRules INSTANCE = new ApplicationRules();

    private ApplicationRules() {}

    @Override
    public boolean allows(KeycloakSession session, ClientModel client, String provider) {
        return !OwnLogin.IMPOSTOR.equals(provider) && of(client).allMatch(allowance -> allowance.allows(provider));
    }

    /** Each of the rules that concern the client, as the mappers say it. */
    public static Stream<Allowance> of(ClientModel client) {
        return Stream.concat(
                rules(client.getProtocolMappersStream()).map(config -> Allowance.of(config.get(PROVIDERS))),
                scopes(client)
                        .flatMap(scope -> rules(scope.getProtocolMappersStream()))
                        .filter(config -> Allowance.concerns(config.get(CLIENTS), client.getClientId()))
                        .map(config -> Allowance.of(config.get(PROVIDERS))));
    }

    /** Optional ones too: what is forbidden must not depend on what a request asks for. */
    private static Stream<ClientScopeModel> scopes(ClientModel client) {
        return Stream.of(true, false).flatMap(byDefault -> client.getClientScopes(byDefault).values().stream());
    }

    private static Stream<Map<String, String>> rules(Stream<ProtocolMapperModel> mappers) {
        return mappers.filter(mapper -> AllowedProvidersMapper.ID.equals(mapper.getProtocolMapper()))
                .map(ProtocolMapperModel::getConfig);
    }
}
