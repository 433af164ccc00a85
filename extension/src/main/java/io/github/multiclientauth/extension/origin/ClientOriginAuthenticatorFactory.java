package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.application.ClientOriginSettings;
import io.github.multiclientauth.extension.application.OptIn;
import io.github.multiclientauth.extension.compatibility.ServerCheck;
import io.github.multiclientauth.extension.compatibility.StepFactory;
import java.util.List;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Offers the step "Client origin" in the flows of the admin console. */
public final class ClientOriginAuthenticatorFactory extends StepFactory {

    /** The name that flows refer to. */
    public static final String ID = OptIn.STEP;

    /** Not alternative: beside other alternatives it would count as the whole sign-in. */
    public ClientOriginAuthenticatorFactory() {
        super(ID, "Client origin", Requirement.REQUIRED, new ClientOriginAuthenticator());
    }

    @Override
    public String getHelpText() {
        return "For clients with the client scope below: checks from which origin (client_origin) the person signs in"
                + " against the client's Web origins, remembers it for the tokens, and goes straight to the identity"
                + " provider that the application asks for (kc_idp_hint). Belongs, required, at the beginning of a"
                + " flow of its own, before one required sub-flow with all the steps that people sign in by: never beside"
                + " alternative steps, which Keycloak ignores then, so that nobody can sign in. Give the flow to your"
                + " applications by their Authentication flow overrides; the realm keeps its own. The command adopt does"
                + " all that. Changes nothing for other clients.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(
                new ProviderConfigProperty(
                        ClientOriginSettings.CLIENT_SCOPE,
                        "Client scope",
                        "Name of the client scope by which a client opts in, assigned as Default.",
                        ProviderConfigProperty.STRING_TYPE,
                        ClientOriginSettings.DEFAULT_CLIENT_SCOPE),
                new ProviderConfigProperty(
                        ClientOriginSettings.PARAMETER_REQUIRED,
                        "Parameter required",
                        "Refuse requests without the parameter client_origin. If off, such a request counts as coming"
                                + " from the origin of its redirect URI.",
                        ProviderConfigProperty.BOOLEAN_TYPE,
                        "false"),
                new ProviderConfigProperty(
                        ClientOriginSettings.LOGOUT_URLS_ASKED,
                        "Doctor asks logout URLs",
                        "Whether the doctor sends an empty request to the Backchannel logout URLs of the clients that sign"
                                + " in by this flow, to see that Keycloak reaches them. Whoever may change such a client"
                                + " chooses where it goes. If off, nothing is sent there but logout tokens.",
                        ProviderConfigProperty.BOOLEAN_TYPE,
                        "true"));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Checked here for the whole extension, since every use of it needs this step.
        ServerCheck.atStart();
    }
}
