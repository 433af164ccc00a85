package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.origin.Origin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request to a route of the contract, made for a known application.
 *
 * @param recognized the application, which of its origins is meant, and where the request came to
 * @param client what the browser says about the request itself
 * @param reference names the request in the log and on pages
 */
public record AuthRequest(
        Method method,
        Route route,
        Recognized recognized,
        CookieNames names,
        RequestCookies cookies,
        Parameters query,
        Parameters body,
        ClientHints client,
        Reference reference) {

    /** Names the application at a host that serves several, as its parameter does at Keycloak. */
    public static final String CLIENT_ORIGIN = "client_origin";

    /** Others are refused before there is an {@code AuthRequest}. */
    public enum Method {
        GET,
        POST
    }

    /**
     * Headers that say who asks and what for.
     *
     * @param origin the {@code Origin} header, if it is a web origin
     * @param returnRedirect whether {@code X-Auth-Return-Redirect} is present, with whatever value
     * @param fetchSite {@code Sec-Fetch-Site}
     * @param fetchMode {@code Sec-Fetch-Mode}
     * @param fetchDestination {@code Sec-Fetch-Dest}
     * @param speculative whether the browser, or a framework in it, fetches what nobody has asked for yet
     * @param acceptsHtml whether {@code Accept} names {@code text/html}
     * @param network where it comes from, as a limit counts it
     */
    public record ClientHints(
            Optional<Origin> origin,
            boolean returnRedirect,
            Optional<String> fetchSite,
            Optional<String> fetchMode,
            Optional<String> fetchDestination,
            boolean speculative,
            boolean acceptsHtml,
            String network) {

        /**
         * Whether a browser says that it leaves for this page now. Frameworks fetch links beforehand in many ways, and each
         * has a header of its own for that; but none of them can pass for a navigation.
         *
         * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
         */
        public boolean isNavigation() {
            return !speculative
                    && fetchMode.filter("navigate"::equals).isPresent()
                    && fetchDestination.filter("document"::equals).isPresent();
        }

        /** Whether it says anything of that kind; browsers do since 2023, over TLS and on localhost. */
        public boolean hasFetchMetadata() {
            return fetchSite.isPresent() || fetchMode.isPresent() || fetchDestination.isPresent();
        }
    }

    public Application application() {
        return recognized.application();
    }

    public Origin origin() {
        return recognized.origin();
    }

    /** Whose keys seal what belongs to this request: the application's, or those that all its previews share. */
    public KeyHolder keyHolder() {
        String clientId = application().clientId().value();
        return recognized.isPreview() ? KeyHolder.previewsOf(clientId) : KeyHolder.application(clientId);
    }

    /** The same request, its body read. */
    public AuthRequest withBody(Parameters parameters) {
        return new AuthRequest(method, route, recognized, names, cookies, query, parameters, client, reference);
    }

    public boolean isPost() {
        return method == Method.POST;
    }

    /** Body before query, as Auth.js looks for {@code callbackUrl}. */
    public Optional<String> parameter(String name) {
        return body.get(name).or(() -> query.get(name));
    }

    /** An absolute URL below {@code /api/auth}, where the request came to. */
    public String url(String path) {
        return recognized.host() + Route.BASE_PATH + path;
    }

    /** The URL of a page of ours; at a host that serves several applications it says which one is meant. */
    public String pageUrl(String path) {
        String which = whichApplication();
        return url(path) + (path.indexOf('?') < 0 ? which : which.replace('?', '&'));
    }

    /** The query that says so, with its question mark; empty where the host alone says it. */
    public String whichApplication() {
        return recognized.isCentral()
                ? "?" + CLIENT_ORIGIN + "=" + URLEncoder.encode(origin().toString(), StandardCharsets.UTF_8)
                : "";
    }

    /** The same request, for another origin of the application. */
    public AuthRequest forOrigin(Origin origin) {
        Recognized other = new Recognized(application(), origin, recognized.host(), recognized.sharedHost());
        return new AuthRequest(method, route, other, names, cookies, query, body, client, reference);
    }

    /** To the error page. */
    public Reply.ErrorRedirect toErrorPage(AuthErrorCode code) {
        return new Reply.ErrorRedirect(pageUrl("/error?error=" + code.parameter()));
    }

    /** To the sign-in page, which says what went wrong and offers another try. */
    public Reply.ErrorRedirect toSignInPage(AuthErrorCode code) {
        return new Reply.ErrorRedirect(pageUrl("/signin?error=" + code.parameter()));
    }

    /** Whether an answer that would be a redirect is wanted as JSON, by clients of Auth.js 5 or 4. */
    public boolean wantsRedirectAsJson() {
        return client.returnRedirect()
                || isPost() && body.get("json").filter("true"::equals).isPresent();
    }
}
