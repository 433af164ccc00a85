package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.ExtensionVersion;
import io.github.multiclientauth.extension.compatibility.CheckedProviderFactory;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Offers the end of sign-ins among the required actions of the admin console, where a realm switches it on. */
public final class SignInGateProviderFactory
        implements RequiredActionFactory, CheckedProviderFactory, ServerInfoAwareProviderFactory {

    /** The name by which a realm registers it. */
    public static final String ID = "multi-client-auth-gate";

    private final SignInGateProvider gate = new SignInGateProvider();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayText() {
        return "Multi-Client Auth: end of sign-in";
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return ExtensionVersion.operationalInfo();
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return gate;
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
