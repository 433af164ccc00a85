package io.github.multiclientauth.extension.broker;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The credentials with which a provider is asked about tokens that it has issued before: those that were used then. A
 * refresh token belongs to one OAuth app, and every other one is refused.
 *
 * <p>It does not matter who asks, since sessions and links are the same for all applications. So the tokens themselves
 * say whose they are, where Keycloak keeps them: {@link StoredTokenNote} with a link, {@link SessionTokenNote} in a
 * session. Tokens without a note were issued to the shared credentials, and nothing is different for them.
 */
final class TokenTerms {

    /** The name under which Keycloak carries the client id from the provider's answer to the end of the sign-in. */
    private static final String CLIENT = "multi-client-auth.client";

    private final KeycloakSession session;
    private final IdentityProviderModel provider;
    private final ApplicationTerms terms;

    TokenTerms(KeycloakSession session, IdentityProviderModel provider, ApplicationTerms terms) {
        this.session = session;
        this.provider = provider;
        this.terms = terms;
    }

    /**
     * Marks tokens that have arrived for a sign-in. Keycloak stores them later, perhaps after more questions to the
     * person.
     *
     * @param clientId whose credentials were used, empty for the shared ones
     */
    void received(BrokeredIdentityContext identity, String clientId) {
        if (identity.getToken() != null) {
            identity.setToken(StoredTokenNote.write(identity.getToken(), clientId));
        }
        if (!clientId.isEmpty()) {
            identity.getContextData().put(CLIENT, clientId);
        }
    }

    /** Notes the client after Keycloak has put the tokens into the new or the present session. */
    void noted(AuthenticationSessionModel signIn, BrokeredIdentityContext identity) {
        String clientId = identity.getContextData().get(CLIENT) instanceof String noted ? noted : "";
        if (!clientId.isEmpty() || isOfOtherTokens(signIn)) {
            SessionTokenNote.write(signIn, provider.getAlias(), clientId);
        }
    }

    /** Whether the present session has the note of an earlier sign-in with other credentials. */
    private boolean isOfOtherTokens(AuthenticationSessionModel signIn) {
        UserSessionModel present = session.sessions()
                .getUserSession(signIn.getRealm(), signIn.getParentSession().getId());
        return present != null
                && !SessionTokenNote.read(present, provider.getAlias()).isEmpty();
    }

    /** Hands out the stored token. Keycloak refreshes it in the given link, and stores the link if it differs. */
    Response retrieve(FederatedIdentityModel link, Supplier<Response> keycloak) {
        String clientId = StoredTokenNote.read(link.getToken());
        // The application gets the token as it is, and must not see the note.
        link.setToken(StoredTokenNote.write(link.getToken(), ""));
        try {
            return terms.onBehalfOf(clientId, keycloak);
        } finally {
            link.setToken(StoredTokenNote.write(link.getToken(), clientId));
        }
    }

    /** Exchanges the stored token. Keycloak refreshes it and stores the result. */
    Response exchangeStored(UserModel user, Supplier<Response> keycloak) {
        String clientId =
                link(user).map(link -> StoredTokenNote.read(link.getToken())).orElse("");
        Response response = terms.onBehalfOf(clientId, keycloak);
        link(user).ifPresent(link -> store(user, link, StoredTokenNote.write(link.getToken(), clientId)));
        return response;
    }

    /** Exchanges the session's token. Keycloak may store the result and replace the stored token. */
    Response exchangeOfSession(UserSessionModel userSession, UserModel user, Supplier<Response> keycloak) {
        String clientId = SessionTokenNote.read(userSession, provider.getAlias());
        String before = link(user).map(FederatedIdentityModel::getToken).orElse(null);
        Response response = terms.onBehalfOf(clientId, keycloak);
        link(user)
                .filter(link -> !link.getToken().equals(before))
                .ifPresent(link -> store(user, link, merged(before, link.getToken(), clientId)));
        return response;
    }

    /**
     * Keycloak completes new tokens with the older refresh token, which does not work if it belongs to another OAuth
     * app.
     */
    private static String merged(String before, String after, String clientId) {
        return before == null || StoredTokenNote.read(before).equals(clientId)
                ? StoredTokenNote.write(after, clientId)
                : before;
    }

    /** Tells the provider that a session has ended, as the OAuth app that the session's tokens are for. */
    Response signOut(UserSessionModel userSession, Supplier<Response> keycloak) {
        return terms.onBehalfOf(SessionTokenNote.read(userSession, provider.getAlias()), keycloak);
    }

    private Optional<FederatedIdentityModel> link(UserModel user) {
        return Optional.ofNullable(session.users()
                        .getFederatedIdentity(session.getContext().getRealm(), user, provider.getAlias()))
                .filter(link -> link.getToken() != null);
    }

    private void store(UserModel user, FederatedIdentityModel link, String token) {
        if (!token.equals(link.getToken())) {
            link.setToken(token);
            session.users().updateFederatedIdentity(session.getContext().getRealm(), user, link);
        }
    }
}
