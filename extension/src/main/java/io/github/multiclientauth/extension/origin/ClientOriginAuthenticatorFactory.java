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
        return "For clients with the client scope below: checks that the origin of the sign-in (client_origin) is one of the"
                + " client's Web origins, notes it for the tokens, and goes straight to the identity provider that the"
                + " application asks for (kc_idp_hint). Put it first, as Required, in a flow of its own, before one"
                + " Required sub-flow with all the steps by which people sign in. Never put it beside alternative steps:"
                + " Keycloak ignores them then, and nobody can sign in. Set the flow in the Authentication flow overrides"
                + " of your applications; the realm keeps its own. The command adopt does all that. Nothing changes for"
                + " other clients.";
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
                        "Refuse requests without the parameter client_origin. If off, such a request has the origin of"
                                + " its redirect URI.",
                        ProviderConfigProperty.BOOLEAN_TYPE,
                        "false"),
                new ProviderConfigProperty(
                        ClientOriginSettings.LOGOUT_URLS_ASKED,
                        "Doctor asks logout URLs",
                        "Whether the doctor sends an empty request to the Backchannel logout URLs of the clients with this"
                                + " flow, to check that Keycloak can reach them. Everyone who may change such a client"
                                + " chooses where the request goes. If off, only logout tokens are sent there.",
                        ProviderConfigProperty.BOOLEAN_TYPE,
                        "true"),
                new ProviderConfigProperty(
                        ClientOriginSettings.OWN_LOGIN_LABEL,
                        "Name of Keycloak's login page",
                        "What people know the login page of this realm by, such as Acme account: applications then offer"
                                + " Sign in with Acme account. Empty: the display name of the realm.",
                        ProviderConfigProperty.STRING_TYPE,
                        null));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Checked here for the whole extension, since every use of it needs this step.
        ServerCheck.atStart();
    }
}
