package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.doctor.Diagnosis;
import io.github.multiclientauth.extension.doctor.ExaminedRealm;
import io.github.multiclientauth.extension.endpoint.Exchange;
import io.github.multiclientauth.extension.endpoint.NeededRole;
import io.github.multiclientauth.extension.listing.DocumentCache;
import io.github.multiclientauth.extension.listing.RealmContents;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Semaphore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The endpoint {@code doctor}. Public, since Keycloak calls it. */
public final class DoctorEndpoint {

    private final Exchange exchange;
    private final KeycloakSession session;
    private final RealmReader reading;
    private final Semaphore running;

    /** @param running how many may run at the same time on this server */
    DoctorEndpoint(KeycloakSession session, RealmReader reading, Semaphore running) {
        this.exchange = new Exchange(session);
        this.session = session;
        this.reading = reading;
        this.running = running;
    }

    /**
     * Returns what is wrong with the settings of the realm and its applications, for accounts that may read the
     * directory. It sends requests to the applications' logout URLs, and takes as long as they need, at most {@link
     * LogoutAddresses#LIMIT}.
     *
     * @return 200, 401 and 403 as for the directory, 503 if it is running for another request
     */
    @GET
    public Response examine() {
        return exchange.ifPermitted(
                NeededRole.VIEW_CLIENTS,
                () -> running.tryAcquire() ? examined() : exchange.tryAgainAfter(DocumentCache.LONGEST_WAIT));
    }

    /** Runs with a permit, and gives it back. */
    private Response examined() {
        try {
            RealmModel realm = session.getContext().getRealm();
            RealmContents contents = reading.read(session.getKeycloakSessionFactory(), realm.getId());
            ExaminedRealm examined = new DoctorReader(session, realm, contents).read();
            return exchange.uncached(Response.ok(
                    DoctorJson.of(realm.getName(), examined.applications().size(), Diagnosis.of(examined)),
                    MediaType.APPLICATION_JSON_TYPE));
        } finally {
            running.release();
        }
    }
}
