package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.BrokerRules;
import io.github.multiclientauth.extension.broker.OwnLogin;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;

/**
 * The rules that an administrator has given a client, as mappers "Allowed identity providers" in its dedicated scope or in
 * any client scope that is assigned to it. All of them must agree.
 */
public final class ApplicationRules implements BrokerRules {

    /** Knows nothing but what it is asked about. */
    public static final ApplicationRules INSTANCE = new ApplicationRules();

    private ApplicationRules() {}

    @Override
    public boolean allows(KeycloakSession session, ClientModel client, String provider) {
        return !OwnLogin.IMPOSTOR.equals(provider) && of(client).allMatch(allowance -> allowance.allows(provider));
    }

    /** Each of the rules, as the mappers say it. */
    public static Stream<Allowance> of(ClientModel client) {
        return mappers(client)
                .filter(mapper -> AllowedProvidersMapper.ID.equals(mapper.getProtocolMapper()))
                .map(mapper -> Allowance.of(mapper.getConfig().get(AllowedProvidersMapper.PROVIDERS)));
    }

    /** Of optional client scopes too: what is forbidden must not depend on what a request asks for. */
    private static Stream<ProtocolMapperModel> mappers(ClientModel client) {
        return Stream.concat(
                client.getProtocolMappersStream(),
                Stream.of(true, false)
                        .flatMap(byDefault -> client.getClientScopes(byDefault).values().stream())
                        .flatMap(scope -> scope.getProtocolMappersStream()));
    }
}
