package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.compatibility.OwnProviderFactory;
import java.util.List;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;

/**
 * Settings of one client that the directory gives to the facade. It maps nothing. It is a mapper because the console can
 * edit mappers for each client, unlike client attributes.
 */
abstract class ClientSettingsMapper extends AbstractOIDCProtocolMapper implements OwnProviderFactory<ProtocolMapper> {

    private final String messages;

    /** @param messages what the keys of its messages begin with */
    ClientSettingsMapper(String messages) {
        this.messages = messages;
    }

    @Override
    public final String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    /** Refuses a mapper in a client scope: the settings belong to one application. */
    final void requireClient(ProtocolMapperContainerModel container) throws ProtocolMapperConfigException {
        if (!(container instanceof ClientModel)) {
            throw refusal(
                    "scope", getDisplayType() + " belong in the dedicated scope of a client, not in a client scope");
        }
    }

    /**
     * Keycloak looks the key up, and shows the text as a MessageFormat if it does not know the key. So the text has no
     * quotes and braces.
     */
    final ProtocolMapperConfigException refusal(String what, String text) {
        return new ProtocolMapperConfigException(text, messages + what);
    }

    /** The client's own mappers of a type. Those of client scopes do not count. */
    static List<ProtocolMapperModel> mappers(ClientModel client, String type) {
        return client.getProtocolMappersStream()
                .filter(mapper -> type.equals(mapper.getProtocolMapper()))
                .toList();
    }

    /** The values of a setting in all these mappers. */
    static List<String> values(List<ProtocolMapperModel> mappers, String name) {
        return mappers.stream()
                .flatMap(mapper -> mapper.getConfig().entrySet().stream())
                .filter(entry -> entry.getKey().equals(name) && entry.getValue() != null)
                .map(Map.Entry::getValue)
                .toList();
    }
}
