package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.compatibility.OwnProviderFactory;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** Offers the end of sign-ins among the required actions of the admin console, where a realm enables it. */
public final class SignInGateProviderFactory
        implements RequiredActionFactory, OwnProviderFactory<RequiredActionProvider> {

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
    public RequiredActionProvider create(KeycloakSession session) {
        return gate;
    }
}
