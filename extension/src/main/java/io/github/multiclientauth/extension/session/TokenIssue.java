package io.github.multiclientauth.extension.session;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.multiclientauth.extension.application.ClientOriginNote;
import io.github.multiclientauth.extension.directory.ApiAccessMapper;
import io.github.multiclientauth.extension.listing.ApiAccessEntries;
import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.util.TokenUtil;

/**
 * Issues access tokens of sessions within one transaction. A session has to pass the same checks as for a confirmation. The
 * token is the one that a refresh would bring, with the audience and the scopes that the mapper <em>API access</em> leaves it:
 * never more.
 */
final class TokenIssue {

    private final KeycloakSession session;
    private final SessionCheck check;
    private final KeycloakContext context;
    private final RealmModel realm;

    TokenIssue(KeycloakSession session, RecentChanges changes) {
        this.session = session;
        this.check = new SessionCheck(session, changes);
        this.context = session.getContext();
        this.realm = context.getRealm();
    }

    TokenAnswer answer(TokenQuestion asked) {
        Question question = asked.question();
        Optional<ClientModel> application = check.application(question.client());
        if (application.isEmpty()) {
            return new TokenAnswer.NoSession();
        }
        EventBuilder event = new EventBuilder(realm, session, context.getConnection())
                .event(EventType.TOKEN_EXCHANGE)
                .client(application.get())
                .session(question.sid());
        AtomicReference<TokenManager.TokenValidation> valid = new AtomicReference<>();
        Verdict verdict = check.check(question, valid::set);
        TokenAnswer answer = verdict instanceof Verdict.Alive alive
                ? issued(application.get(), asked.jkt(), valid.get(), alive, event)
                : none(verdict);
        report(event, answer);
        return answer;
    }

    private static TokenAnswer none(Verdict verdict) {
        if (verdict instanceof Verdict.Ended ended && !SessionCheck.isNotThere(ended)) {
            return new TokenAnswer.Ended(ended.reason());
        }
        return new TokenAnswer.NoSession();
    }

    private static void report(EventBuilder event, TokenAnswer answer) {
        if (answer instanceof TokenAnswer.Issued) {
            event.success();
        } else if (answer instanceof TokenAnswer.Refused refused) {
            event.detail(Details.REASON, refused.reason()).error(Errors.NOT_ALLOWED);
        } else if (answer instanceof TokenAnswer.Ended ended) {
            event.detail(Details.REASON, ended.reason()).error(Errors.SESSION_EXPIRED);
        } else {
            event.error(Errors.USER_SESSION_NOT_FOUND);
        }
    }

    private TokenAnswer issued(
            ClientModel client,
            Optional<String> jkt,
            TokenManager.TokenValidation valid,
            Verdict.Alive alive,
            EventBuilder event) {
        event.user(valid.user);
        ClientOriginNote.tell(event, valid.clientSessionCtx.getClientSession());
        ApiAccessEntries access = ApiAccessMapper.entries(client);
        Optional<String> refusal = refusal(client, access, jkt);
        if (refusal.isPresent()) {
            return new TokenAnswer.Refused(refusal.get());
        }
        ClientSessionContext scopes = NarrowedScopes.of(valid.clientSessionCtx, access.scopes());
        TokenManager.AccessTokenResponseBuilder builder = new TokenManager()
                .responseBuilder(realm, client, event, session, valid.userSession, scopes)
                .generateAccessToken();
        AccessToken token = builder.getAccessToken();
        ClientOriginMapper.mark(token, scopes.getClientSession());
        if (!narrow(token, access.audiences())) {
            return new TokenAnswer.Refused("Keycloak gives this user no token with one of the audiences "
                    + String.join(", ", access.audiences()));
        }
        jkt.ifPresent(thumbprint -> {
            bind(token, thumbprint);
            builder.responseTokenType(TokenUtil.TOKEN_TYPE_DPOP);
        });
        AccessTokenResponse response = builder.build();
        return new TokenAnswer.Issued(
                response.getToken(),
                response.getTokenType(),
                response.getExpiresIn(),
                token.getScope() == null ? "" : token.getScope(),
                alive.claims().path("sub").asText());
    }

    private static Optional<String> refusal(ClientModel client, ApiAccessEntries access, Optional<String> jkt) {
        OIDCAdvancedConfigWrapper settings = OIDCAdvancedConfigWrapper.fromClientModel(client);
        if (access.receivers().isEmpty()) {
            return Optional.of("the client has no mapper API access that lets it have tokens");
        }
        if (settings.isUseMtlsHokToken()) {
            return Optional.of("the client's tokens are bound to a TLS certificate, which the API would have to see");
        }
        return settings.isUseDPoP() && jkt.isEmpty()
                ? Optional.of("the client's tokens are bound to a key (DPoP), and there is no proof of one")
                : Optional.empty();
    }

    /** @return false if nothing is left of the audience: an API that does not look at it would take such a token */
    private static boolean narrow(AccessToken token, Set<String> audiences) {
        if (audiences.isEmpty()) {
            return true;
        }
        Set<String> rest = token.getAudience() == null
                ? Set.of()
                : Arrays.stream(token.getAudience()).filter(audiences::contains).collect(toUnmodifiableSet());
        token.audience(rest.stream().sorted().toArray(String[]::new));
        if (token.getResourceAccess() != null) {
            token.getResourceAccess().keySet().retainAll(rest);
        }
        return !rest.isEmpty();
    }

    private static void bind(AccessToken token, String thumbprint) {
        AccessToken.Confirmation confirmation = new AccessToken.Confirmation();
        confirmation.setKeyThumbprint(thumbprint);
        token.setConfirmation(confirmation);
        token.type(TokenUtil.TOKEN_TYPE_DPOP);
    }
}
