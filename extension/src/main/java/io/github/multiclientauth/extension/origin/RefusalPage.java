package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.application.ClientName;
import io.github.multiclientauth.extension.decision.Reference;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page that a person sees whose sign-in is refused: Keycloak's error page, in the theme of the realm. */
final class RefusalPage {

    /** In {@code theme-resources/messages}; arguments: name of the application, reference. */
    static final String MESSAGE = "multiClientAuthOriginRefused";

    private static final Pattern CHARACTER_REFERENCE = Pattern.compile("&(?=[#A-Za-z])");

    private RefusalPage() {}

    static Response of(KeycloakSession session, AuthenticationSessionModel signIn, Reference reference) {
        ClientModel client = signIn.getClient();
        // Not a form of the flow: its page would have a code with which the sign-in could go on.
        return ErrorPage.error(
                session,
                signIn,
                Response.Status.BAD_REQUEST,
                MESSAGE,
                name(client.getClientId(), translated(session, client)),
                reference.value());
    }

    private static String translated(KeycloakSession session, ClientModel client) {
        return ClientName.of(
                session,
                client.getRealm(),
                client.getName(),
                session.getContext().resolveLocale(null));
    }

    /**
     * Returns the client id if there is no name.
     *
     * <p>Not every client's name is written by the administrator (dynamic registration), and Keycloak shows bold text
     * and links in a message. It also decodes escaped ones. So the characters that begin markup are replaced by others
     * that look alike.
     */
    static String name(String clientId, String name) {
        String shown = name == null || name.isBlank() ? clientId : name;
        return CHARACTER_REFERENCE
                .matcher(shown)
                .replaceAll("\uff06")
                .replace('<', '\u2039')
                .replace('>', '\u203a');
    }
}
