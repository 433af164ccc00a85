package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.AuthRequest.ClientHints;
import io.github.multiclientauth.facade.wire.AuthRequest.Method;
import io.github.multiclientauth.facade.wire.AuthRequest.ServerProof;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.facade.wire.RequestCookies;
import io.github.multiclientauth.facade.wire.Route;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A builder of requests. Immutable: each method returns a new one.
 *
 * @param path below {@code /api/auth}
 * @param query as in the request line
 * @param form the body
 * @param cookies a {@code Cookie} header
 */
public record Requests(
        Method method,
        Recognized recognized,
        String path,
        String query,
        String form,
        String cookies,
        Optional<String> origin,
        boolean returnRedirect,
        Optional<String> fetchSite,
        Optional<String> fetchMode,
        Optional<String> fetchDestination,
        boolean speculative,
        ServerProof proof) {

    /** A navigation by a link on the same site. */
    public static Requests get(Recognized to, String path) {
        return of(Method.GET, to, path).fetch("same-origin", "navigate", "document");
    }

    /** A request by a script. */
    public static Requests post(Recognized to, String path) {
        return of(Method.POST, to, path);
    }

    private static Requests of(Method method, Recognized to, String path) {
        return new Requests(
                method,
                to,
                path,
                "",
                "",
                "",
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ServerProof.NONE);
    }

    public Requests query(String text) {
        return new Requests(
                method,
                recognized,
                path,
                text,
                form,
                cookies,
                origin,
                returnRedirect,
                fetchSite,
                fetchMode,
                fetchDestination,
                speculative,
                proof);
    }

    public Requests form(String text) {
        return new Requests(
                method,
                recognized,
                path,
                query,
                text,
                cookies,
                origin,
                returnRedirect,
                fetchSite,
                fetchMode,
                fetchDestination,
                speculative,
                proof);
    }

    public Requests cookies(String header) {
        return new Requests(
                method,
                recognized,
                path,
                query,
                form,
                header,
                origin,
                returnRedirect,
                fetchSite,
                fetchMode,
                fetchDestination,
                speculative,
                proof);
    }

    /** Adds the browser's cookies for this path. */
    public Requests from(Browser browser) {
        return cookies(browser.header(Route.BASE_PATH + path));
    }

    public Requests origin(String header) {
        return new Requests(
                method,
                recognized,
                path,
                query,
                form,
                cookies,
                Optional.of(header),
                returnRedirect,
                fetchSite,
                fetchMode,
                fetchDestination,
                speculative,
                proof);
    }

    /** Adds {@code X-Auth-Return-Redirect}. */
    public Requests returningRedirect() {
        return new Requests(
                method,
                recognized,
                path,
                query,
                form,
                cookies,
                origin,
                true,
                fetchSite,
                fetchMode,
                fetchDestination,
                speculative,
                proof);
    }

    /** Adds Fetch Metadata; null leaves a header out. */
    public Requests fetch(String site, String mode, String destination) {
        return new Requests(
                method,
                recognized,
                path,
                query,
                form,
                cookies,
                origin,
                returnRedirect,
                Optional.ofNullable(site),
                Optional.ofNullable(mode),
                Optional.ofNullable(destination),
                speculative,
                proof);
    }

    /** Adds a header that marks a prefetch. */
    public Requests prefetched() {
        return new Requests(
                method,
                recognized,
                path,
                query,
                form,
                cookies,
                origin,
                returnRedirect,
                fetchSite,
                fetchMode,
                fetchDestination,
                true,
                proof);
    }

    /** Adds headers of a server: {@code Authorization} and {@code DPoP}; null leaves one out. */
    public Requests proving(String authorization, String dpop) {
        return with(new ServerProof(Optional.ofNullable(authorization), Optional.ofNullable(dpop), false));
    }

    /** Adds a header that only browsers send. */
    public Requests ofBrowser() {
        return with(new ServerProof(proof.authorization(), proof.dpop(), true));
    }

    private Requests with(ServerProof other) {
        return new Requests(
                method,
                recognized,
                path,
                query,
                form,
                cookies,
                origin,
                returnRedirect,
                fetchSite,
                fetchMode,
                fetchDestination,
                speculative,
                other);
    }

    /** The request to a path that is an endpoint's name, or a name and a provider. */
    public AuthRequest build() {
        String[] segments = path.substring(1).split("/");
        return build(new Route(segments[0], segments.length > 1 ? Optional.of(segments[1]) : Optional.empty()));
    }

    AuthRequest build(Route route) {
        RequestCookies sent = RequestCookies.parse(cookies.isEmpty() ? List.of() : List.of(cookies));
        return new AuthRequest(
                method,
                route,
                recognized,
                CookieNames.of(recognized, sent),
                sent,
                Parameters.ofForm(query).orElseThrow(),
                Parameters.ofForm(form).orElseThrow(),
                new ClientHints(
                        origin.flatMap(Origin::parse),
                        returnRedirect,
                        fetchSite,
                        fetchMode,
                        fetchDestination,
                        speculative,
                        true,
                        "192.0.2.1",
                        proof),
                new Reference("0000ABCD"));
    }
}
