package io.github.multiclientauth.extension.session;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.extension.application.ClientOriginSettings;
import io.github.multiclientauth.extension.application.OptIn;
import io.github.multiclientauth.extension.token.AllowedProvidersMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.managers.UserConsentManager;
import org.keycloak.util.JsonSerialization;
import org.keycloak.util.TokenUtil;

/**
 * Answers questions within one transaction, by Keycloak's own rules for a refresh token. No token is signed, and no
 * event is sent: that is for {@link TokenIssue}.
 *
 * <p>The rules are those of {@code TokenManager.validateToken}, which Keycloak applies to each refresh token: session and
 * client session within their times, provider of the session not removed, user enabled. Keycloak 26.7 has moved two of
 * them from there to its refresh grant, whose classes older versions do not have: not-before and consent. They are
 * applied here.
 */
final class SessionCheck {

    private static final Verdict NO_SESSION = new Verdict.Ended("No such session");
    private static final Verdict OTHER_CLIENTS = new Verdict.Ended("The session has no such client");
    private static final Verdict CLIENT_DISABLED = new Verdict.Ended("Client disabled");
    private static final Verdict NO_APPLICATION = new Verdict.Unknown("no application has this client id");

    private final KeycloakSession session;
    private final RecentChanges changes;
    private final KeycloakContext context;
    private final RealmModel realm;
    private final EventBuilder unused;
    private final Map<String, Optional<ClientModel>> applications = new HashMap<>();
    private final Map<String, ClientOriginSettings> settings = new HashMap<>();

    SessionCheck(KeycloakSession session, RecentChanges changes) {
        this.session = session;
        this.changes = changes;
        this.context = session.getContext();
        this.realm = context.getRealm();
        this.unused = new EventBuilder(realm, session, context.getConnection());
    }

    Verdict check(Question question) {
        return check(question, valid -> {});
    }

    /** @param validated gets what Keycloak has validated, if the session is alive */
    Verdict check(Question question, Consumer<TokenManager.TokenValidation> validated) {
        Optional<ClientModel> application = application(question.client());
        if (application.isEmpty()) {
            return NO_APPLICATION;
        }
        if (!application.get().isEnabled()) {
            return CLIENT_DISABLED;
        }
        context.setClient(application.get());
        Verdict online = check(question, session.sessions().getUserSession(realm, question.sid()), validated);
        if (online instanceof Verdict.Alive) {
            return online;
        }
        Verdict offline = check(question, session.sessions().getOfflineUserSession(realm, question.sid()), validated);
        return NO_SESSION.equals(offline) ? online : offline;
    }

    /** The client, if it is one of our applications; the same for all questions of this transaction. */
    Optional<ClientModel> application(String clientId) {
        return applications.computeIfAbsent(
                clientId,
                id -> Optional.ofNullable(session.clients().getClientByClientId(realm, id))
                        .filter(client -> OptIn.isApplication(
                                realm,
                                client,
                                flow -> settings.computeIfAbsent(flow, each -> OptIn.settings(realm, each)))));
    }

    /** Whether there is no such session, or none of this client. */
    static boolean isNotThere(Verdict.Ended ended) {
        return ended.equals(NO_SESSION) || ended.equals(OTHER_CLIENTS);
    }

    private Verdict check(
            Question question, UserSessionModel userSession, Consumer<TokenManager.TokenValidation> validated) {
        // A browser that signs out may be at the identity provider's page, and may never come back from there.
        if (userSession == null
                || isEnding(userSession)
                || mayHaveEnded(question, userSession) && SavedSessions.isDeleted(session, userSession)) {
            return NO_SESSION;
        }
        AuthenticatedClientSessionModel clientSession = userSession.getAuthenticatedClientSessionByClient(
                context.getClient().getId());
        if (clientSession == null) {
            return OTHER_CLIENTS;
        }
        SessionTimes times = new SessionTimes(userSession, clientSession);
        long issuedAt = times.issuedAt(question.confirmedAt());
        String scope = Objects.requireNonNullElse(clientSession.getNote(OAuth2Constants.SCOPE), "");
        try {
            TokenManager.TokenValidation valid = new TokenManager()
                    .validateToken(
                            session,
                            context.getUri(),
                            context.getConnection(),
                            realm,
                            refreshToken(userSession, issuedAt, scope),
                            context.getHttpRequest().getHttpHeaders(),
                            scope);
            if (issuedAt < notBefore(valid.user)) {
                return new Verdict.Ended("Stale token");
            }
            if (!hasConsent(valid)) {
                return new Verdict.Ended("Client no longer has requested consent from user");
            }
            IDToken claims = idToken(valid);
            if (question.extend()) {
                times.extend();
            }
            validated.accept(valid);
            return new Verdict.Alive(valid.user.getId(), times.end(), JsonSerialization.mapper.valueToTree(claims));
        } catch (OAuthErrorException refused) {
            return new Verdict.Ended(Objects.requireNonNullElse(refused.getDescription(), refused.getError()));
        } catch (ErrorResponseException refused) {
            if (AllowedProvidersMapper.REFUSAL.equals(refused.getErrorDescription())) {
                return new Verdict.Ended(AllowedProvidersMapper.REFUSAL);
            }
            throw refused;
        }
    }

    /** Then Keycloak's cache is not believed. */
    private boolean mayHaveEnded(Question question, UserSessionModel userSession) {
        UserModel user = userSession.getUser();
        return user == null
                || changes.concern(
                        realm.getId(),
                        user.getId(),
                        question.client(),
                        question.sid(),
                        SECONDS.toMillis(question.confirmedAt()));
    }

    static boolean isEnding(UserSessionModel userSession) {
        return userSession.getState() == UserSessionModel.State.LOGGING_OUT
                || userSession.getState() == UserSessionModel.State.LOGGED_OUT;
    }

    /**
     * The token that a refresh would bring. Made from JSON, since its constructors differ between Keycloak 26.0 and 26.7.
     */
    private RefreshToken refreshToken(UserSessionModel userSession, long issuedAt, String scope) {
        return JsonSerialization.mapper.convertValue(
                JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "typ",
                                userSession.isOffline() ? TokenUtil.TOKEN_TYPE_OFFLINE : TokenUtil.TOKEN_TYPE_REFRESH)
                        .put("azp", context.getClient().getClientId())
                        .put("sid", userSession.getId())
                        .put("iat", issuedAt)
                        .put("scope", scope),
                RefreshToken.class);
    }

    private long notBefore(UserModel user) {
        return Math.max(
                Math.max(realm.getNotBefore(), context.getClient().getNotBefore()),
                session.users().getNotBeforeOfUser(realm, user));
    }

    private boolean hasConsent(TokenManager.TokenValidation valid) {
        ClientModel client = context.getClient();
        if (!client.isConsentRequired()) {
            return true;
        }
        UserConsentModel consent = UserConsentManager.getConsentByClient(session, realm, valid.user, client.getId());
        return valid.clientSessionCtx
                .getClientScopesStream()
                .filter(ClientScopeModel::isDisplayOnConsentScreen)
                .allMatch(scope -> consent != null && consent.isClientScopeGranted(scope));
    }

    /** Runs the mappers of access token and ID token, as a refresh does. Ours refuse here what the rules forbid. */
    private IDToken idToken(TokenManager.TokenValidation valid) {
        valid.clientSessionCtx.setAttribute(OAuth2Constants.GRANT_TYPE, OAuth2Constants.REFRESH_TOKEN);
        return new TokenManager()
                .responseBuilder(realm, context.getClient(), unused, session, valid.userSession, valid.clientSessionCtx)
                .generateAccessToken()
                .generateIDToken()
                .getIdToken();
    }
}
