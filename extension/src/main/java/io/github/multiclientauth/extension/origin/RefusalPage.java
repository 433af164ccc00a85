package io.github.multiclientauth.extension.origin;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.ClientModel;
import org.keycloak.services.ErrorPage;

/** What a person sees whose sign-in is refused: Keycloak's error page, in the theme of the realm. */
final class RefusalPage {

    /** In {@code theme-resources/messages}; arguments: name of the application, reference. */
    static final String MESSAGE = "multiClientAuthOriginRefused";

    private RefusalPage() {}

    static Response of(AuthenticationFlowContext context, Reference reference) {
        // Not context.form(): that would put a code into the page with which the sign-in could go on.
        return ErrorPage.error(
                context.getSession(),
                context.getAuthenticationSession(),
                Response.Status.BAD_REQUEST,
                MESSAGE,
                name(context.getAuthenticationSession().getClient()),
                reference.value());
    }

    /** The client id, where the name is missing or the key of a translation. */
    private static String name(ClientModel client) {
        String name = client.getName();
        return name == null || name.isBlank() || name.startsWith("${") ? client.getClientId() : name;
    }
}
