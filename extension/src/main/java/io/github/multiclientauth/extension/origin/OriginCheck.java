package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.broker.OptIn;
import io.github.multiclientauth.extension.origin.OriginDecision.Admitted;
import io.github.multiclientauth.extension.origin.OriginDecision.Refused;
import io.github.multiclientauth.origin.Origin;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.WebOriginsUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether somebody signs in from one of the client's own origins. Our step in the browser flow asks; where a sign-in gets by
 * without that step (registration, a forgotten password, a client with a flow of its own), what comes at its end does.
 */
public final class OriginCheck {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeycloakSession session;
    private final AuthenticationSessionModel signIn;
    private final ClientOriginSettings settings;

    OriginCheck(KeycloakSession session, AuthenticationSessionModel signIn, ClientOriginSettings settings) {
        this.session = session;
        this.signIn = signIn;
        this.settings = settings;
    }

    /** Whether the sign-in may go on: it has been admitted before, or is now, or its client has not opted in. */
    public static boolean admits(KeycloakSession session, AuthenticationSessionModel signIn) {
        if (ClientOriginNote.isWritten(signIn) || !OptIn.concerns(signIn)) {
            return true;
        }
        OriginCheck check = new OriginCheck(session, signIn, OptIn.settings(signIn));
        if (check.decide() instanceof Admitted admitted) {
            check.admit(admitted.origin());
            return true;
        }
        return false;
    }

    /** The end of a sign-in that is not admitted; logged. */
    public static Response refuse(KeycloakSession session, AuthenticationSessionModel signIn) {
        OriginCheck check = new OriginCheck(session, signIn, OptIn.settings(signIn));
        if (check.decide() instanceof Refused refused) {
            EventBuilder event = new EventBuilder(
                            signIn.getRealm(), session, session.getContext().getConnection())
                    .event(EventType.LOGIN)
                    .client(signIn.getClient())
                    .detail(Details.REDIRECT_URI, signIn.getRedirectUri());
            return check.refuse(refused, event);
        }
        throw new IllegalStateException("Nothing is wrong with the origin of this sign-in");
    }

    OriginDecision decide() {
        return new OriginPolicy(webOrigins().origins(), settings.parameterRequired())
                .decide(
                        ClientOriginParameter.values(
                                signIn, session.getContext().getUri()),
                        signIn.getRedirectUri());
    }

    void admit(Origin origin) {
        OriginLog.LOG.admitted(client(), realm(), origin);
        ClientOriginNote.write(signIn, origin);
    }

    Response refuse(Refused refused, EventBuilder event) {
        Reference reference = Reference.random(RANDOM);
        String claimed = Printable.of(refused.claimed());
        OriginLog.LOG.refused(reference, client(), realm(), claimed, refused.reason());
        WebOrigins webOrigins = webOrigins();
        if (!webOrigins.ignored().isEmpty()) {
            OriginLog.LOG.ignoredWebOrigins(client(), realm(), Printable.of(String.join(" ", webOrigins.ignored())));
        }
        ClientOriginNote.clear(signIn);
        event.detail("client_origin", claimed)
                .detail(Details.REASON, refused.reason().code())
                .detail("reference", reference.value())
                .error("client_origin_refused");
        return RefusalPage.of(session, signIn, reference);
    }

    private WebOrigins webOrigins() {
        return WebOrigins.of(WebOriginsUtils.resolveValidWebOrigins(session, signIn.getClient()));
    }

    private String client() {
        return signIn.getClient().getClientId();
    }

    private String realm() {
        return signIn.getRealm().getName();
    }
}
