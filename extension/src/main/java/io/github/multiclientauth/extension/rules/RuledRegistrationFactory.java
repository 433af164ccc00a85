package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import io.github.multiclientauth.extension.origin.OriginCheck;
import java.util.List;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.ValidationContext;
import org.keycloak.authentication.forms.RegistrationUserCreation;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's step "Registration User Profile Creation", under its name. A form that is sent where people may not
 * register creates no account, even if its page was never shown. Keycloak then shows the page again, and the refusal
 * replaces it.
 */
public final class RuledRegistrationFactory extends RegistrationUserCreation
        implements ReplacingProviderFactory<FormAction> {

    @Override
    public void validate(ValidationContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (OwnLoginRules.isAllowed(context.getSession(), signIn) && isFromOwnOrigin(context.getSession(), signIn)) {
            super.validate(context);
        } else {
            context.error(Errors.NOT_ALLOWED);
            context.validationError(context.getHttpRequest().getDecodedFormParameters(), List.of());
        }
    }

    private static boolean isFromOwnOrigin(KeycloakSession session, AuthenticationSessionModel signIn) {
        return Application.of(session, signIn)
                .filter(application -> !new OriginCheck(application).admits())
                .isEmpty();
    }
}
