package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.ExtensionVersion;
import io.github.multiclientauth.extension.compatibility.CheckedProviderFactory;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Offers the step "Link verified e-mail" in the flows of the admin console. */
public final class LinkVerifiedEmailAuthenticatorFactory
        implements AuthenticatorFactory, CheckedProviderFactory, ServerInfoAwareProviderFactory {

    /** The name that flows refer to. */
    public static final String ID = "link-verified-email";

    private final LinkVerifiedEmailAuthenticator authenticator = new LinkVerifiedEmailAuthenticator();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Link verified e-mail";
    }

    @Override
    public String getHelpText() {
        return "Links an account at an identity provider to the existing account with the same e-mail address, if both"
                + " sides have verified it. Never by user name. If only the newcomer has verified it, the existing account loses"
                + " the address to a new one. Belongs after \"Create User If Unique\" and before the steps that ask the owner,"
                + " all of them alternative.";
    }

    @Override
    public String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    /** Not REQUIRED: it decides nothing for people whose account it does not link. */
    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                LinkSettings.TRUSTED_PROVIDERS,
                "Providers trusted for e-mail",
                "Aliases of the identity providers whose word on e-mail addresses you trust, such as google: only they link"
                        + " without a question. Of those that never say whether an address is verified, such as github and"
                        + " facebook, you vouch that they give verified ones only; an address of which the provider says"
                        + " that it is not verified never counts.",
                ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                null));
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return ExtensionVersion.operationalInfo();
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return authenticator;
    }

    @Override
    public void init(Config.Scope config) {
        // Has no settings.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Needs no other provider.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
