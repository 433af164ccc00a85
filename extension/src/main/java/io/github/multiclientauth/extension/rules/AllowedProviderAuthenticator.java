package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.broker.RefusedValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * First step of the flow for people whom the realm does not know yet. No account is created for a person who comes from a provider that the
 * application may not use. Our own providers check that themselves, and this step is for all others.
 *
 * <p>It also drops what the new account must not get, before Keycloak asks the person to correct it or stores it.
 */
final class AllowedProviderAuthenticator extends AbstractIdpAuthenticator {

    /** Also refuses a disabled provider: Keycloak 26.0 lets people come back from one that was disabled meanwhile. */
    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        IdentityProviderModel provider = identity.getIdpConfig();
        Optional<Application> signingIn = Application.of(context.getSession(), context.getAuthenticationSession());
        if (signingIn.filter(application -> !application.mayUse(provider)).isPresent()) {
            context.forceChallenge(signingIn.get().refuse(provider.getAlias()));
            return;
        }
        if (signingIn.isPresent()) {
            dropRefusedValues(context, serialized, provider);
        }
        context.success();
    }

    private static void dropRefusedValues(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext newcomer,
            IdentityProviderModel provider) {
        RefusedValues values = new RefusedValues(context.getSession());
        Map<String, List<String>> attributes = new HashMap<>(newcomer.getAttributes());
        put(attributes, UserModel.USERNAME, newcomer.getUsername());
        put(attributes, UserModel.EMAIL, newcomer.getEmail());
        put(attributes, UserModel.FIRST_NAME, newcomer.getFirstName());
        put(attributes, UserModel.LAST_NAME, newcomer.getLastName());
        Set<String> refused = values.ofNewcomer(attributes);
        if (refused.isEmpty()) {
            return;
        }
        refused.forEach(name -> drop(newcomer, name));
        newcomer.saveToAuthenticationSession(context.getAuthenticationSession(), BROKERED_CONTEXT_NOTE);
        values.report(refused, context.getRealm().getName(), provider.getAlias(), "a new user");
        context.getEvent().detail("ignored_values", String.join(",", refused));
    }

    private static void put(Map<String, List<String>> attributes, String name, String value) {
        if (value != null) {
            attributes.put(name, List.of(value));
        }
    }

    private static void drop(SerializedBrokeredIdentityContext newcomer, String name) {
        switch (name) {
            // An account has to have one. Keycloak's own, made of alias and id, may have characters that it refuses.
            case UserModel.USERNAME -> newcomer.setUsername(KeycloakModelUtils.generateId());
            case UserModel.EMAIL -> newcomer.setEmail(null);
            case UserModel.FIRST_NAME -> newcomer.setFirstName(null);
            case UserModel.LAST_NAME -> newcomer.setLastName(null);
            default -> newcomer.getContextData().remove(Constants.USER_ATTRIBUTES_PREFIX + name);
        }
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        authenticateImpl(context, serialized, identity);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }
}
