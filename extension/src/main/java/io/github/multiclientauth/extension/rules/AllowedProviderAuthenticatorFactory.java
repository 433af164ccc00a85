package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.compatibility.StepFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;

/** Offers the step "Allowed identity provider" in the flows of the admin console. */
public final class AllowedProviderAuthenticatorFactory extends StepFactory {

    /** The name that flows refer to. */
    public static final String ID = "allowed-provider";

    /** Not alternative: beside other alternatives it would count as creating or linking the account. */
    public AllowedProviderAuthenticatorFactory() {
        super(ID, "Allowed identity provider", Requirement.REQUIRED, new AllowedProviderAuthenticator());
    }

    @Override
    public String getHelpText() {
        return "For clients of Multi-Client Auth: goes on only with an identity provider that the client may use. Put it"
                + " first, as Required, in a first broker login flow of its own, before one Required sub-flow with all the"
                + " steps of the former flow. Never put it beside alternative steps: Keycloak ignores them then, and nobody"
                + " gets an account. Nothing changes for other clients.";
    }
}
