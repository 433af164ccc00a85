package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.doctor.Diagnosis;
import io.github.multiclientauth.extension.doctor.ExaminedRealm;
import io.github.multiclientauth.extension.listing.AcceptEncoding;
import io.github.multiclientauth.extension.listing.Document;
import io.github.multiclientauth.extension.listing.DocumentCache;
import io.github.multiclientauth.extension.listing.IfNoneMatch;
import io.github.multiclientauth.extension.listing.RealmContents;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;

/** Answers requests below {@code /realms/{realm}/multi-client-auth}. Public, since Keycloak calls it. */
public final class DirectoryResource implements RealmResourceProvider {

    private final KeycloakSession session;
    private final DocumentCache cache;
    private final RealmReader reading;
    private final Semaphore doctors;

    /** @param doctors how many may run at the same time on this server */
    DirectoryResource(KeycloakSession session, DocumentCache cache, RealmReader reading, Semaphore doctors) {
        this.session = session;
        this.cache = cache;
        this.reading = reading;
        this.doctors = doctors;
    }

    @Override
    public Object getResource() {
        return this;
    }

    /**
     * Returns the applications of the realm, for the service account of a facade.
     *
     * @return 200 or 304, 401 without a valid access token of the realm, 403 without the role {@code view-clients}, 503
     *     if another request takes long to build it
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
     */
    @GET
    @Path("directory")
    public Response directory() {
        return ifPermitted(() -> current().map(this::answer).orElseGet(this::notYet));
    }

    /**
     * Returns what is wrong with the settings of the realm and its applications, for accounts that may read the
     * directory. It sends requests to the applications' logout URLs, and takes as long as they need, at most {@link
     * LogoutAddresses#LIMIT}.
     *
     * @return 200, 401 and 403 as for the directory, 503 if it is running for another request
     */
    @GET
    @Path("doctor")
    public Response doctor() {
        return ifPermitted(() -> doctors.tryAcquire() ? examine() : notYet());
    }

    private Response ifPermitted(Supplier<Response> answer) {
        return switch (DirectoryPermission.of(session)) {
            case UNKNOWN -> refusal(Response.Status.UNAUTHORIZED, hasToken() ? " error=\"invalid_token\"" : "");
            case DENIED -> refusal(Response.Status.FORBIDDEN, " error=\"insufficient_scope\"");
            case GRANTED -> answer.get();
        };
    }

    /** Runs with the permit of a doctor, and gives it back. */
    private Response examine() {
        try {
            RealmModel realm = session.getContext().getRealm();
            RealmContents contents = reading.read(session.getKeycloakSessionFactory(), realm.getId());
            ExaminedRealm examined = new DoctorReader(session, realm, contents).read();
            return uncached(Response.ok(
                    DoctorJson.of(realm.getName(), examined.applications().size(), Diagnosis.of(examined)),
                    MediaType.APPLICATION_JSON_TYPE));
        } finally {
            doctors.release();
        }
    }

    private Response answer(Document document) {
        List<String> known = header(HttpHeaders.IF_NONE_MATCH);
        boolean packed = AcceptEncoding.takesGzip(header(HttpHeaders.ACCEPT_ENCODING));
        Document.Representation chosen = packed ? document.packed() : document.plain();
        Response.ResponseBuilder response = IfNoneMatch.matches(known, chosen.tag())
                ? empty(Response.Status.NOT_MODIFIED)
                : Response.ok(chosen.bytes(), MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CONTENT_ENCODING, packed ? "gzip" : null);
        return response.header(HttpHeaders.ETAG, chosen.tag())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION + ", " + HttpHeaders.ACCEPT_ENCODING)
                .build();
    }

    private Response refusal(Response.Status status, String reason) {
        return uncached(empty(status).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer" + reason));
    }

    private Response notYet() {
        return uncached(empty(Response.Status.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, DocumentCache.LONGEST_WAIT.toSeconds()));
    }

    private static Response uncached(Response.ResponseBuilder response) {
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION)
                .build();
    }

    /**
     * An answer without a body. Keycloak replaces an answer that has neither a body nor a media type by a server error,
     * except for some statuses. 503 is not among them, and 304 only in later versions than 26.0.
     */
    private Response.ResponseBuilder empty(Response.Status status) {
        session.getProvider(SecurityHeadersProvider.class).options().allowEmptyContentType();
        return Response.status(status);
    }

    private boolean hasToken() {
        return !header(HttpHeaders.AUTHORIZATION).isEmpty();
    }

    private List<String> header(String name) {
        return Optional.ofNullable(
                        session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(name))
                .orElse(List.of());
    }

    private Optional<Document> current() {
        RealmModel realm = session.getContext().getRealm();
        String address = session.getContext().getUri().getBaseUri().toString();
        return cache.get(new DocumentCache.Key(realm.getId(), address), () -> build(realm));
    }

    private Document build(RealmModel realm) {
        RealmContents contents = reading.read(session.getKeycloakSessionFactory(), realm.getId());
        DirectoryLog.LOG.read(realm.getName(), contents.applications().size());
        return Document.of(DirectoryJson.of(realm.getName(), contents, client -> ClientAddresses.of(session, client)));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
