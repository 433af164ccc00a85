package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.compatibility.StepFactory;
import io.github.multiclientauth.extension.decision.LinkSettings;
import java.util.List;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.provider.ProviderConfigProperty;

/** Offers the step "Link verified e-mail" in the flows of the admin console. */
public final class LinkVerifiedEmailAuthenticatorFactory extends StepFactory {

    /** The name that flows refer to. */
    public static final String ID = "link-verified-email";

    /** Not required: it decides nothing for people whose account it does not link. */
    public LinkVerifiedEmailAuthenticatorFactory() {
        super(ID, "Link verified e-mail", Requirement.ALTERNATIVE, new LinkVerifiedEmailAuthenticator());
    }

    @Override
    public String getHelpText() {
        return "Links an account at an identity provider to the existing account with the same e-mail address, if both"
                + " sides have verified it. Never links by user name. If only the provider has verified the address, a new"
                + " account gets it, and the existing account loses it. Put the step after \"Create User If Unique\" and"
                + " before the steps that ask the owner, all of them Alternative.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                LinkSettings.TRUSTED_PROVIDERS,
                "Providers trusted for e-mail",
                "Aliases of the identity providers that you trust with e-mail addresses, such as google. Only accounts at these"
                        + " are linked without a question. Some, such as github and facebook, never say whether an address"
                        + " is verified: add them only if you know that they return verified addresses only. An address"
                        + " that the provider calls unverified never counts.",
                ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                null));
    }
}
