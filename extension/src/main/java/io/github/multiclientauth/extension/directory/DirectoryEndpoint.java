package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.endpoint.Exchange;
import io.github.multiclientauth.extension.endpoint.NeededRole;
import io.github.multiclientauth.extension.listing.AcceptEncoding;
import io.github.multiclientauth.extension.listing.Document;
import io.github.multiclientauth.extension.listing.DocumentCache;
import io.github.multiclientauth.extension.listing.IfNoneMatch;
import io.github.multiclientauth.extension.listing.RealmContents;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The endpoint {@code directory}. Public, since Keycloak calls it. */
public final class DirectoryEndpoint {

    private final Exchange exchange;
    private final KeycloakSession session;
    private final DocumentCache cache;
    private final PolicyChanges policies;
    private final RealmReader reading;

    DirectoryEndpoint(KeycloakSession session, DocumentCache cache, PolicyChanges policies, RealmReader reading) {
        this.exchange = new Exchange(session);
        this.session = session;
        this.cache = cache;
        this.policies = policies;
        this.reading = reading;
    }

    /**
     * Returns the applications of the realm, for the service account of a facade.
     *
     * @return 200 or 304, 401 without a valid access token of the realm, 403 without the role {@code view-clients}, 503
     *     if another request takes long to build it
     */
    @GET
    public Response read() {
        return exchange.ifPermitted(
                NeededRole.VIEW_CLIENTS,
                () -> current().map(this::answer).orElseGet(() -> exchange.tryAgainAfter(DocumentCache.LONGEST_WAIT)));
    }

    private Response answer(Document document) {
        List<String> known = exchange.header(HttpHeaders.IF_NONE_MATCH);
        boolean packed = AcceptEncoding.takesGzip(exchange.header(HttpHeaders.ACCEPT_ENCODING));
        Document.Representation chosen = packed ? document.packed() : document.plain();
        Response.ResponseBuilder response = IfNoneMatch.matches(known, chosen.tag())
                ? exchange.empty(Response.Status.NOT_MODIFIED)
                : Response.ok(chosen.bytes(), MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CONTENT_ENCODING, packed ? "gzip" : null);
        return response.header(HttpHeaders.ETAG, chosen.tag())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION + ", " + HttpHeaders.ACCEPT_ENCODING)
                .build();
    }

    private Optional<Document> current() {
        RealmModel realm = session.getContext().getRealm();
        policies.look(realm);
        String address = session.getContext().getUri().getBaseUri().toString();
        return cache.get(new DocumentCache.Key(realm.getId(), address), () -> build(realm));
    }

    private Document build(RealmModel realm) {
        RealmContents contents = reading.read(session.getKeycloakSessionFactory(), realm.getId());
        DirectoryLog.LOG.read(realm.getName(), contents.applications().size());
        return Document.of(DirectoryJson.of(realm.getName(), contents, client -> ClientAddresses.of(session, client)));
    }
}
