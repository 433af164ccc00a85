package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.Hmac;
import java.util.List;

/**
 * Proves that the facade has written a session, by what Keycloak said. The application's server has the secret of the token
 * and can write any session: that is its own affair until a reverse proxy asks who is signed in.
 */
public final class SessionProof {

    private SessionProof() {}

    /** The code for a session. */
    public static String of(Session session, Hmac proofs) {
        return proofs.of(text(session));
    }

    static boolean holds(Session session, String code, Hmac proofs) {
        return proofs.isOf(text(session), code);
    }

    /** All that a proxy is told of a session, and all that decides whether Keycloak is asked. */
    private static String text(Session session) {
        Identity identity = session.identity();
        StringBuilder all = new StringBuilder(256);
        for (String part : List.of(
                identity.clientId(),
                identity.subject(),
                identity.sid(),
                identity.pairwise() ? "pairwise" : "",
                identity.provider().orElse(""),
                identity.email().orElse(""),
                identity.emailVerified() ? "verified" : "",
                identity.membership().username().orElse(""),
                identity.membership().written(),
                identity.authentication().acr().orElse(""),
                Long.toString(session.signedInAt().toEpochMilli()),
                Long.toString(session.checkedAt().toEpochMilli()),
                Long.toString(session.endsAt().toEpochMilli()))) {
            // The length keeps characters from moving from one part to the next.
            all.append(part.length()).append(':').append(part);
        }
        return all.toString();
    }
}
