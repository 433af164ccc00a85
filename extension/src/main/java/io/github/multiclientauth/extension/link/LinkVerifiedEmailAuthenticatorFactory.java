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
                + " sides have verified it. Never by user name. If only the newcomer has verified it, the existing account loses"
                + " the address to a new one. Belongs after \"Create User If Unique\" and before the steps that ask the owner,"
                + " all of them alternative.";
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
}
