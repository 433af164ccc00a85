package io.github.multiclientauth.extension.rules;

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

/** Offers the step "Allowed identity provider" in the flows of the admin console. */
public final class AllowedProviderAuthenticatorFactory
        implements AuthenticatorFactory, CheckedProviderFactory, ServerInfoAwareProviderFactory {

    /** The name that flows refer to. */
    public static final String ID = "allowed-provider";

    private final AllowedProviderAuthenticator authenticator = new AllowedProviderAuthenticator();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Allowed identity provider";
    }

    @Override
    public String getHelpText() {
        return "For clients of Multi-Client Auth: goes on only with an identity provider that the client may use. Belongs,"
                + " required, at the beginning of a first broker login flow of its own, before one required sub-flow with"
                + " all the steps of the former: never beside alternative steps, which Keycloak ignores then, so that"
                + " nobody gets an account. Changes nothing for other clients.";
    }

    @Override
    public String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    /** No ALTERNATIVE: beside alternatives of the same level it would take the place of making or linking an account. */
    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
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
