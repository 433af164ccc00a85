package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.Printable;
import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.ClientOriginNote;
import io.github.multiclientauth.extension.decision.OriginPolicy;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Admitted;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Refused;
import io.github.multiclientauth.extension.decision.Reference;
import io.github.multiclientauth.extension.decision.WebOrigins;
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
 * Checks whether a person signs in from one of the application's own origins. Our step in the browser flow does it.
 * Where a sign-in runs without that step (registration, a forgotten password, a client with a flow of its own), the end
 * of the sign-in does it.
 */
public final class OriginCheck {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Application application;
    private final KeycloakSession session;
    private final AuthenticationSessionModel signIn;

    public OriginCheck(Application application) {
        this.application = application;
        this.session = application.session();
        this.signIn = application.signIn();
    }

    /** Whether the sign-in may go on: it has been admitted before, or is now. */
    public boolean admits() {
        if (ClientOriginNote.isWritten(signIn)) {
            return true;
        }
        if (decide() instanceof Admitted admitted) {
            admit(admitted.origin());
            return true;
        }
        return false;
    }

    /** Ends a sign-in that is not admitted, and logs why. */
    public Response refuse() {
        if (decide() instanceof Refused refused) {
            EventBuilder event = new EventBuilder(
                            signIn.getRealm(), session, session.getContext().getConnection())
                    .event(EventType.LOGIN)
                    .client(signIn.getClient())
                    .detail(Details.REDIRECT_URI, signIn.getRedirectUri());
            return refuse(refused, event);
        }
        throw new IllegalStateException("Nothing is wrong with the origin of this sign-in");
    }

    OriginDecision decide() {
        return new OriginPolicy(webOrigins().origins(), application.settings().parameterRequired())
                .decide(
                        ClientOriginParameter.values(
                                signIn, session.getContext().getUri()),
                        signIn.getRedirectUri());
    }

    void admit(Origin origin) {
        OriginLog.LOG.admitted(application.clientId(), realm(), origin);
        ClientOriginNote.write(signIn, origin);
    }

    Response refuse(Refused refused, EventBuilder event) {
        Reference reference = Reference.random(RANDOM);
        String claimed = Printable.of(refused.claimed());
        OriginLog.LOG.refused(reference, application.clientId(), realm(), claimed, refused.reason());
        WebOrigins webOrigins = webOrigins();
        if (!webOrigins.ignored().isEmpty()) {
            OriginLog.LOG.ignoredWebOrigins(
                    application.clientId(), realm(), Printable.of(String.join(" ", webOrigins.ignored())));
        }
        ClientOriginNote.clear(signIn);
        event.detail(ClientOriginNote.EVENT_DETAIL, claimed)
                .detail(Details.REASON, refused.reason().code())
                .detail("reference", reference.value())
                .error("client_origin_refused");
        return RefusalPage.of(session, signIn, reference);
    }

    private WebOrigins webOrigins() {
        return WebOrigins.of(WebOriginsUtils.resolveValidWebOrigins(session, signIn.getClient()));
    }

    private String realm() {
        return application.realm().getName();
    }
}
