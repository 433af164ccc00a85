package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.provider.BrokerPath;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Replaces the page that Keycloak shows if a provider's answer fails before our providers get it: the token endpoint
 * refuses the code, answers with a server error or does not answer.
 *
 * <p>Only the page is the same in all versions. The provider's callback and its requests have other parameters in each.
 */
public final class ProviderFailurePage {

    private ProviderFailurePage() {}

    /**
     * The answer for the application instead of the page.
     *
     * @param shownFor the sign-in that the page belongs to. It is {@code null} on the pages in question: Keycloak has
     *     given up the sign-in, and the page leads nowhere
     * @return empty where Keycloak's page is to be shown, as for all clients that have not opted in
     */
    public static Optional<Response> answer(KeycloakSession session, AuthenticationSessionModel shownFor) {
        if (shownFor != null) {
            return Optional.empty();
        }
        return BrokerPath.callback(session.getContext().getUri().getPath())
                .flatMap(provider -> Application.current(session)
                        .map(application -> application.answer(provider).unanswered()));
    }
}
