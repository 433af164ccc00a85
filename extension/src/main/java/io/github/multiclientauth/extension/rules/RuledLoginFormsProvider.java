package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.SignIn;
import io.github.multiclientauth.extension.broker.ProviderFailurePage;
import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import io.github.multiclientauth.extension.origin.OriginCheck;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.forms.login.LoginFormsPages;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;
import org.keycloak.forms.login.freemarker.model.IdentityProviderBean;
import org.keycloak.models.KeycloakSession;

/** Keycloak's pages, in any theme, which offer people only the providers that the application may use. */
public final class RuledLoginFormsProvider extends FreeMarkerLoginFormsProvider {

    /** The name of the list in themes. */
    private static final String PROVIDERS = "social";

    RuledLoginFormsProvider(KeycloakSession session) {
        super(session);
        super.setAttributeMapper(this::ruled);
    }

    /** Runs ours after any other change: Keycloak's step "Organization" puts a list of its own into the page. */
    @Override
    public LoginFormsProvider setAttributeMapper(Function<Map<String, Object>, Map<String, Object>> mapper) {
        return super.setAttributeMapper(mapper.andThen(this::ruled));
    }

    /** Refuses before the form is shown. At the end of the sign-in there would be an account already. */
    @Override
    public Response createRegistration() {
        return refusal().orElseGet(super::createRegistration);
    }

    @Override
    public Response createPasswordReset() {
        return refusal().orElseGet(super::createPasswordReset);
    }

    /**
     * Answers an application that has opted in, instead of showing the page, if a provider has failed or the account is
     * disabled.
     */
    @Override
    public Response createErrorPage(Response.Status status) {
        return disabledAccount()
                .or(() -> ProviderFailurePage.answer(session, authenticationSession))
                .orElseGet(() -> super.createErrorPage(status));
    }

    /** After the right password Keycloak says on its form again that the account is disabled. */
    @Override
    protected Response createResponse(LoginFormsPages page) {
        return disabledAccount().orElseGet(() -> super.createResponse(page));
    }

    private Optional<Response> disabledAccount() {
        return messages == null || messages.stream().noneMatch(DisabledAccount::isSaidBy)
                ? Optional.empty()
                : DisabledAccount.answer(session, authenticationSession);
    }

    private Optional<Response> refusal() {
        if (authenticationSession == null || SignIn.isEmailActionOnly(authenticationSession)) {
            return Optional.empty();
        }
        return Application.of(session, authenticationSession).flatMap(this::refusal);
    }

    private Optional<Response> refusal(Application application) {
        OriginCheck check = new OriginCheck(application);
        if (check.admits()) {
            return OwnLoginRules.refusal(session, authenticationSession);
        }
        // This same object creates the error page, which must have no code with which the sign-in could go on.
        accessCode = null;
        actionUri = null;
        execution = null;
        context = null;
        return Optional.of(check.refuse());
    }

    private Map<String, Object> ruled(Map<String, Object> page) {
        if (authenticationSession != null) {
            if (!OwnLoginRules.isAllowed(session, authenticationSession)) {
                page.put(REGISTRATION_DISABLED, true);
            }
            if (page.get(PROVIDERS) instanceof IdentityProviderBean all) {
                Application.of(session, authenticationSession)
                        .ifPresent(application -> page.put(PROVIDERS, new AllowedProvidersBean(all, application)));
            }
        }
        return page;
    }

    /** Takes the place of Keycloak's factory of its pages, under its name. */
    public static final class Factory extends FreeMarkerLoginFormsProviderFactory
            implements ReplacingProviderFactory<LoginFormsProvider> {

        @Override
        public LoginFormsProvider create(KeycloakSession session) {
            return new RuledLoginFormsProvider(session);
        }
    }
}
