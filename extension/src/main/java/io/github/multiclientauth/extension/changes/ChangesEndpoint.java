package io.github.multiclientauth.extension.changes;

import io.github.multiclientauth.extension.endpoint.Exchange;
import io.github.multiclientauth.extension.endpoint.NeededRole;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/** The endpoint {@code changes}. Public, since Keycloak calls it. */
public final class ChangesEndpoint {

    private static final Pattern TIME = Pattern.compile("[0-9]{1,15}");

    private final Exchange exchange;
    private final KeycloakSession session;
    private final Memory memory;

    ChangesEndpoint(KeycloakSession session, Memory memory) {
        this.exchange = new Exchange(session);
        this.session = session;
        this.memory = memory;
    }

    /**
     * Returns what has changed in the realm, for the service account of a facade.
     *
     * @param since {@code now} of an earlier answer, or absent
     * @return 200, 400 if {@code since} is no time, 401 without a valid access token of the realm, 403 without the role
     *     {@code multi-client-auth-sessions}
     */
    @GET
    public Response read(@QueryParam("since") String since) {
        return exchange.ifPermitted(NeededRole.SESSIONS, () -> {
            if (since != null && !TIME.matcher(since).matches()) {
                return exchange.uncached(exchange.empty(Response.Status.BAD_REQUEST));
            }
            OptionalLong time = since == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(since));
            String realmId = session.getContext().getRealm().getId();
            return exchange.uncached(
                    Response.ok(ChangesJson.of(memory.since(realmId, time)), MediaType.APPLICATION_JSON_TYPE));
        });
    }
}
