package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.provider.BrokerPath;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The page that Keycloak shows when something is wrong with a provider's answer before our providers get to see it: the
 * token endpoint refuses the code, answers with a server error or not at all.
 *
 * <p>The page is the only place that all versions have in common: the provider's callback has other parameters in each,
 * and so do its requests.
 */
public final class ProviderFailurePage {

    private ProviderFailurePage() {}

    /**
     * What the application gets in the place of the page.
     *
     * @param shownFor the sign-in that the page belongs to, {@code null} on the pages that are meant: Keycloak gives the
     *     sign-in up, and the page leads nowhere
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
