package io.github.multiclientauth.extension.compatibility;

import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** Offers a step that Keycloak does not have in the flows of the admin console. One authenticator serves all sign-ins. */
public abstract class StepFactory implements AuthenticatorFactory, OwnProviderFactory<Authenticator> {

    private final String id;
    private final String name;
    private final Requirement requirement;
    private final Authenticator step;

    /**
     * @param id the name that flows refer to
     * @param name what the console calls the step
     * @param requirement the only one that the console offers, besides disabled
     */
    protected StepFactory(String id, String name, Requirement requirement, Authenticator step) {
        this.id = id;
        this.name = name;
        this.requirement = requirement;
        this.step = step;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getDisplayType() {
        return name;
    }

    @Override
    public final String getReferenceCategory() {
        return null;
    }

    /** Steps without settings override nothing. */
    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public final boolean isConfigurable() {
        return !getConfigProperties().isEmpty();
    }

    @Override
    public final boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public final Requirement[] getRequirementChoices() {
        return new Requirement[] {requirement, Requirement.DISABLED};
    }

    @Override
    public final Authenticator create(KeycloakSession session) {
        return step;
    }
}
