package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.ApplicationAnswer;
import io.github.multiclientauth.extension.application.SignIn;
import io.github.multiclientauth.extension.provider.BrokerPath;
import io.github.multiclientauth.extension.provider.OwnLogin;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.ClientSessionCode;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The answer to the application where Keycloak says "Account is disabled". Its page does not lead back to the
 * application.
 *
 * <p>Keycloak says so only to people who have proved that the account is theirs: by a provider or by the right password.
 * It tells others that the user name or the password is wrong, and they stay on that page.
 */
final class DisabledAccount {

    private static final String TRIES = "multi-client-auth.tries";

    private static final int MOST_TRIES = 5;

    private DisabledAccount() {}

    static boolean isSaidBy(FormMessage message) {
        return Messages.ACCOUNT_DISABLED.equals(message.getMessage());
    }

    /**
     * @param shownFor the sign-in that the page belongs to; {@code null} where Keycloak has given it up
     * @return empty where Keycloak's page is to be shown, as for all clients that have not opted in
     */
    static Optional<Response> answer(KeycloakSession session, AuthenticationSessionModel shownFor) {
        return Optional.ofNullable(shownFor)
                .or(() -> SignIn.current(session))
                .filter(signIn -> !SignIn.isEmailActionOnly(signIn))
                .flatMap(signIn -> Application.of(session, signIn))
                .map(DisabledAccount::answer);
    }

    private static Response answer(Application application) {
        Optional<String> provider =
                BrokerPath.callback(application.session().getContext().getUri().getPath());
        ApplicationAnswer answer = application.answer(provider.orElse(OwnLogin.NAME));
        Optional<UserModel> enabled = account(application).filter(UserModel::isEnabled);
        if (enabled.isEmpty()) {
            return answer.accountDisabled();
        }
        return enabled.filter(user -> !isLocked(application, user))
                .flatMap(user -> provider)
                .flatMap(alias -> again(application, alias))
                .orElseGet(answer::accountLocked);
    }

    private static Optional<UserModel> account(Application application) {
        return Optional.ofNullable(
                        application.signIn().getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME))
                .map(name -> application.session().users().getUserByUsername(application.realm(), name));
    }

    /** Whether failed attempts have locked the account for a time. People from a provider get the same words then. */
    private static boolean isLocked(Application application, UserModel user) {
        UserLoginFailureModel failures =
                application.session().loginFailures().getUserLoginFailure(application.realm(), user.getId());
        return failures != null && Time.currentTimeMillis() / 1000 < failures.getFailedLoginNotBefore();
    }

    /**
     * Sends the person to the provider once more. While one sign-in of an account is being finished, Keycloak's brute
     * force detection refuses all others, so that nobody guesses passwords in parallel. At a provider there is nothing
     * to guess.
     *
     * @return empty if that has not helped
     */
    private static Optional<Response> again(Application application, String provider) {
        AuthenticationSessionModel signIn = application.signIn();
        String note = signIn.getAuthNote(TRIES);
        int tries = note == null ? 0 : Integer.parseInt(note);
        if (tries == MOST_TRIES) {
            return Optional.empty();
        }
        signIn.setAuthNote(TRIES, String.valueOf(tries + 1));
        RulesLog.LOG.signInRepeated(application.clientId(), application.realm().getName(), provider);
        KeycloakSession session = application.session();
        URI location = Urls.identityProviderAuthnRequest(
                session.getContext().getUri().getBaseUri(),
                provider,
                application.realm().getName(),
                new ClientSessionCode<>(session, application.realm(), signIn).getOrGenerateCode(),
                application.clientId(),
                signIn.getTabId(),
                AuthenticationProcessor.getClientData(session, signIn),
                signIn.getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM));
        return Optional.of(Response.seeOther(location).build());
    }
}
