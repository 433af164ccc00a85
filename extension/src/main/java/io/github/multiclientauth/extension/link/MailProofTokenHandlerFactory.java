package io.github.multiclientauth.extension.link;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import io.github.multiclientauth.extension.decision.Newcomer;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.ActionTokenHandler;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionToken;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionTokenHandler;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionCompoundId;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * Handles a click in the e-mail of the step "Verify Existing Account By Email", replacing Keycloak's handler of the
 * same name. Keycloak marks the account's address as verified, and links the account to the person. Where the account
 * had not proved its address before, the click takes the address from it instead, at once, whether or not the sign-in
 * that waits for it is ever finished.
 */
public final class MailProofTokenHandlerFactory extends IdpVerifyAccountLinkActionTokenHandler
        implements ReplacingProviderFactory<ActionTokenHandler<IdpVerifyAccountLinkActionToken>> {

    /** The id in the token of Keycloak 26.6 and later. Earlier versions lack the getter. */
    private static final String EXTERNAL_ID = "idpuid";

    @Override
    public Response handleToken(
            IdpVerifyAccountLinkActionToken token, ActionTokenContext<IdpVerifyAccountLinkActionToken> context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        UserModel account = signIn.getAuthenticatedUser();
        // In another browser than the waiting one, Keycloak asks for a confirmation before the click counts.
        if (context.isAuthenticationSessionFresh()
                || account.isEmailVerified()
                || !ProvedAddressRules.holds(context.getSession(), context.getRealm())) {
            return super.handleToken(token, context);
        }
        if (!isForWaitingPerson(token, context)) {
            return ErrorPage.error(
                    context.getSession(), signIn, Response.Status.BAD_REQUEST, Messages.STALE_VERIFY_EMAIL_LINK);
        }
        return EmailAddress.of(account.getEmail())
                .filter(address -> takeAddress(token, context, account, address))
                .map(address -> proved(token, context, address))
                .orElseGet(() -> super.handleToken(token, context));
    }

    /**
     * Whether the click is for the person who waits. Another person may have begun in the same browser since the e-mail
     * was sent. It is also true if there is no waiting sign-in.
     */
    private static boolean isForWaitingPerson(
            IdpVerifyAccountLinkActionToken token, ActionTokenContext<IdpVerifyAccountLinkActionToken> context) {
        Optional<AuthenticationSessionModel> waiting = token.getOriginalCompoundAuthenticationSessionId() == null
                ? Optional.of(context.getAuthenticationSession())
                : waiting(token, context);
        return waiting.flatMap(MailProofNote::newcomer)
                .map(newcomer -> new Newcomer(
                                newcomer.getIdentityProviderId(),
                                newcomer.getBrokerUserId(),
                                newcomer.getBrokerUsername())
                        .isSameAs(asked(token)))
                .orElse(true);
    }

    private static Newcomer asked(IdpVerifyAccountLinkActionToken token) {
        JsonNode json = JsonSerialization.mapper.valueToTree(token);
        return new Newcomer(
                token.getIdentityProviderAlias(),
                json.path(EXTERNAL_ID).asText(null),
                token.getIdentityProviderUsername());
    }

    private static boolean takeAddress(
            IdpVerifyAccountLinkActionToken token,
            ActionTokenContext<IdpVerifyAccountLinkActionToken> context,
            UserModel account,
            EmailAddress address) {
        RealmModel realm = context.getRealm();
        if (!new UnprovedAccountChanges(context.getSession(), realm).takeAddress(account, address)) {
            return false;
        }
        LinkLog.LOG.addressTaken(account.getId(), realm.getName(), token.getIdentityProviderAlias());
        context.getEvent()
                .event(EventType.IDENTITY_PROVIDER_LINK_ACCOUNT)
                .detail(Details.EMAIL, address.text())
                .detail(Details.IDENTITY_PROVIDER, token.getIdentityProviderAlias())
                .detail(Details.IDENTITY_PROVIDER_USERNAME, token.getIdentityProviderUsername())
                .detail(OwnAccountAuthenticator.FORMER_ACCOUNT, account.getId())
                .success();
        return true;
    }

    private static Response proved(
            IdpVerifyAccountLinkActionToken token,
            ActionTokenContext<IdpVerifyAccountLinkActionToken> context,
            EmailAddress address) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (token.getOriginalCompoundAuthenticationSessionId() == null) {
            MailProofNote.write(session, signIn, address);
            // Keycloak has set the account that the link is about, and lets only that one sign in.
            signIn.setAuthenticatedUser(null);
            return context.brokerFlow(null, null, signIn.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH));
        }
        new AuthenticationSessionManager(session).removeAuthenticationSession(context.getRealm(), signIn, true);
        Optional<AuthenticationSessionModel> waiting = waiting(token, context);
        waiting.ifPresent(elsewhere -> MailProofNote.write(session, elsewhere, address));
        return session.getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(waiting.orElse(null))
                .setSuccess(
                        Messages.IDENTITY_PROVIDER_LINK_SUCCESS,
                        token.getIdentityProviderAlias(),
                        token.getIdentityProviderUsername())
                .setAttribute(Constants.SKIP_LINK, true)
                .createInfoPage();
    }

    /** The sign-in in the other browser; empty if it has been abandoned. */
    private static Optional<AuthenticationSessionModel> waiting(
            IdpVerifyAccountLinkActionToken token, ActionTokenContext<IdpVerifyAccountLinkActionToken> context) {
        AuthenticationSessionCompoundId id =
                AuthenticationSessionCompoundId.encoded(token.getOriginalCompoundAuthenticationSessionId());
        RealmModel realm = context.getRealm();
        ClientModel client = realm.getClientById(id.getClientUUID());
        return Optional.ofNullable(new AuthenticationSessionManager(context.getSession())
                .getAuthenticationSessionByIdAndClient(realm, id.getRootSessionId(), client, id.getTabId()));
    }
}
