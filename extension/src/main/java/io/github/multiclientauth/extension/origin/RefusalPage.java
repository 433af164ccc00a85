package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.decision.Reference;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a person sees whose sign-in is refused: Keycloak's error page, in the theme of the realm. */
final class RefusalPage {

    /** In {@code theme-resources/messages}; arguments: name of the application, reference. */
    static final String MESSAGE = "multiClientAuthOriginRefused";

    private static final Pattern CHARACTER_REFERENCE = Pattern.compile("&(?=[#A-Za-z])");

    private RefusalPage() {}

    static Response of(KeycloakSession session, AuthenticationSessionModel signIn, Reference reference) {
        ClientModel client = signIn.getClient();
        // Not a flow's own form: that would put a code into the page with which the sign-in could go on.
        return ErrorPage.error(
                session,
                signIn,
                Response.Status.BAD_REQUEST,
                MESSAGE,
                name(client.getClientId(), client.getName()),
                reference.value());
    }

    /**
     * The client id, where the name is missing or the key of a translation.
     *
     * <p>Not every client's name is written by the administrator (dynamic registration), and Keycloak lets bold text and
     * links in a message pass. It decodes escaped ones, too, so that what begins markup becomes another character that
     * looks alike.
     */
    static String name(String clientId, String name) {
        String shown = name == null || name.isBlank() || name.startsWith("${") ? clientId : name;
        return CHARACTER_REFERENCE
                .matcher(shown)
                .replaceAll("\uff06")
                .replace('<', '\u2039')
                .replace('>', '\u203a');
    }
}
