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
        return "For clients of Multi-Client Auth: goes on only with an identity provider that the client may use. Belongs,"
                + " required, at the beginning of a first broker login flow of its own, before one required sub-flow with"
                + " all the steps of the former: never beside alternative steps, which Keycloak ignores then, so that"
                + " nobody gets an account. Changes nothing for other clients.";
    }
}
