package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.PreviewEntries;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Lets the administrator say which origins an application's previews have. Keycloak itself does not use the patterns.
 */
public final class PreviewOriginsMapper extends ClientSettingsMapper {

    /** The name that clients refer to. */
    public static final String ID = "oidc-preview-origins-mapper";

    /** The setting that holds the patterns. */
    public static final String PATTERNS = "preview.patterns";

    /** The setting that holds the origin to which people come back. */
    public static final String CALLBACK_ORIGIN = "preview.callback.origin";

    /** Called by Keycloak. */
    public PreviewOriginsMapper() {
        super("multi-client-auth-preview-");
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Preview origins";
    }

    @Override
    public String getHelpText() {
        return "Lets people sign in at previews of this client, whose origins match a pattern. Adds no claim. Add it to the"
                + " dedicated scope of a client that has the client scope of Multi-Client Auth.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(
                new ProviderConfigProperty(
                        PATTERNS,
                        "Patterns",
                        "Such as https://*-preview.example.com. The * is in the first label only and matches no dot."
                                + " Scheme and port must be equal. Everyone who can publish a page at such a host is trusted"
                                + " like the application.",
                        ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                        null),
                new ProviderConfigProperty(
                        CALLBACK_ORIGIN,
                        "Callback origin",
                        "One of the client's Web origins that has a Valid redirect URI, such as https://app.example.com:"
                                + " people who sign in at a preview come back there first.",
                        ProviderConfigProperty.STRING_TYPE,
                        null));
    }

    /**
     * Refuses wrong settings when they are saved. The directory ignores wrong settings of an imported realm, and those
     * that no longer fit the client.
     */
    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapper)
            throws ProtocolMapperConfigException {
        requireClient(container);
        PreviewEntries entries = entries(List.of(mapper));
        if (entries.patterns().isEmpty()
                || entries.patterns().stream()
                        .anyMatch(pattern -> OriginPattern.parse(pattern).isEmpty())) {
            throw refusal(
                    "patterns",
                    "A pattern is an https origin with one * in its first label, such as https://*-preview.example.com;"
                            + " http is for names below localhost only");
        }
        if (entries.callbackOrigins().stream()
                        .flatMap(text -> Origin.parse(text).stream())
                        .count()
                != 1) {
            throw refusal("callback-origin", "The callback origin is scheme, host and port alone");
        }
    }

    /** The settings of a client. Mappers of client scopes do not count, since previews belong to one application. */
    public static PreviewEntries entries(ClientModel client) {
        return entries(mappers(client, ID));
    }

    private static PreviewEntries entries(List<ProtocolMapperModel> mappers) {
        return PreviewEntries.of(values(mappers, PATTERNS), values(mappers, CALLBACK_ORIGIN));
    }
}
