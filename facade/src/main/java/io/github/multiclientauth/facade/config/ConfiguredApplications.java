package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.origin.Origin;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns what the operator wrote into applications; what cannot be one is refused with the setting to mend. */
final class ConfiguredApplications {

    private ConfiguredApplications() {}

    /** @throws UnusableSettingException naming the setting and what is wrong with it, never a secret */
    static Collection<Application> read(Map<String, FacadeConfig.Client> clients) {
        List<Application> applications = clients.entrySet().stream()
                .map(entry -> application(entry.getKey(), entry.getValue()))
                .toList();
        Set<ClientId> seen = new HashSet<>();
        for (Application application : applications) {
            if (!seen.add(application.clientId())) {
                throw new UnusableSettingException(
                        "mca.clients", "two applications have the client id " + application.clientId());
            }
        }
        return applications;
    }

    /** @throws IllegalArgumentException naming the setting and what is wrong with it, never a secret */
    static ApplicationSecrets secrets(Map<String, FacadeConfig.Client> clients, MasterSecrets masters) {
        ApplicationSecrets secrets = new ApplicationSecrets(masters);
        clients.forEach((key, client) -> client.authSecret()
                .ifPresent(values ->
                        secrets.give(client.clientId().orElse(key), "mca.clients." + key + ".auth-secret", values)));
        return secrets;
    }

    private static Application application(String key, FacadeConfig.Client client) {
        String setting = "mca.clients." + key;
        String id = client.clientId().orElse(key);
        return new Application(
                parsed(setting + ".client-id", ClientId::new, id),
                client.name().orElse(id),
                origins(setting + ".origins", client.origins()),
                client.secret()
                        .<ClientAuthentication>map(secret -> new ClientAuthentication.ClientSecret(new Secret(secret)))
                        .orElseGet(ClientAuthentication.None::new),
                client.providers().stream()
                        .distinct()
                        .map(alias -> parsed(setting + ".providers", Provider::new, alias.strip()))
                        .toList());
    }

    private static Set<Origin> origins(String setting, List<String> texts) {
        return texts.stream()
                .map(text -> Origin.parse(text.strip())
                        .orElseThrow(() -> new UnusableSettingException(
                                setting,
                                "\"" + text + "\" is not a web origin, which is scheme, host and port alone, such as"
                                        + " https://app.example.com")))
                .collect(Collectors.toSet());
    }

    private static <T> T parsed(String setting, Function<String, T> parser, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException(setting, "\"" + text + "\" cannot be used: " + e.getMessage());
        }
    }
}
