package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.PageEntries;
import io.github.multiclientauth.origin.PagePath;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Lets the administrator say which pages of its own an application has for sign-in and errors, as {@code pages} of Auth.js
 * does.
 */
public final class ApplicationPagesMapper extends ClientSettingsMapper {

    /** The name that clients refer to. */
    public static final String ID = "oidc-application-pages-mapper";

    /** The setting that holds the path of the sign-in page. */
    public static final String SIGN_IN = "pages.sign.in";

    /** The setting that holds the path of the error page. */
    public static final String ERROR = "pages.error";

    private static final String PATH =
            "a path such as /login: it begins with one slash, is not below /api/auth, and has no fragment, space or backslash";

    /** Called by Keycloak. */
    public ApplicationPagesMapper() {
        super("multi-client-auth-pages-");
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Application pages";
    }

    @Override
    public String getHelpText() {
        return "Sends people to pages of this client instead of the facade's, for sign-in and for errors. Adds no claim. Add it"
                + " to the dedicated scope of a client that has the client scope of Multi-Client Auth.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(
                new ProviderConfigProperty(
                        SIGN_IN,
                        "Sign-in page",
                        "A path at the client's own origin, such as /login. It gets the parameters callbackUrl and error."
                                + " Empty: the facade's page.",
                        ProviderConfigProperty.STRING_TYPE,
                        null),
                new ProviderConfigProperty(
                        ERROR,
                        "Error page",
                        "A path at the client's own origin, such as /oops. It gets the parameters error, code and reference."
                                + " Empty: the facade's page.",
                        ProviderConfigProperty.STRING_TYPE,
                        null));
    }

    /** Refuses wrong settings when they are saved. The directory ignores those of an imported realm. */
    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapper)
            throws ProtocolMapperConfigException {
        requireClient(container);
        PageEntries entries = entries(List.of(mapper));
        if (entries.signIn().stream().anyMatch(path -> PagePath.parse(path).isEmpty())) {
            throw refusal("sign-in", "The sign-in page is " + PATH);
        }
        if (entries.error().stream().anyMatch(path -> PagePath.parse(path).isEmpty())) {
            throw refusal("error", "The error page is " + PATH);
        }
    }

    /** The settings of a client. Mappers of client scopes do not count, since pages belong to one application. */
    static PageEntries entries(ClientModel client) {
        return entries(mappers(client, ID));
    }

    private static PageEntries entries(List<ProtocolMapperModel> mappers) {
        return PageEntries.of(values(mappers, SIGN_IN), values(mappers, ERROR));
    }
}
