package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.PagePath;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for an endpoint of the contract, by a known application.
 *
 * @param recognized the application, the one of its origins that is meant, and the host that received the request
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

    /** The query parameter that names the application at a host that serves several. Keycloak's has the same name. */
    public static final String CLIENT_ORIGIN = "client_origin";

    private static final int FORBIDDEN = 403;

    /** The methods of the contract. Others are refused before there is an {@code AuthRequest}. */
    public enum Method {
        GET,
        POST
    }

    /**
     * Headers that say who asks, and why.
     *
     * @param origin the {@code Origin} header, if it is a web origin
     * @param returnRedirect whether {@code X-Auth-Return-Redirect} is present; its value does not matter
     * @param fetchSite {@code Sec-Fetch-Site}
     * @param fetchMode {@code Sec-Fetch-Mode}
     * @param fetchDestination {@code Sec-Fetch-Dest}
     * @param speculative whether the browser, or a framework in it, prefetches, or the method is HEAD
     * @param acceptsHtml whether {@code Accept} names {@code text/html}
     * @param network the client's network, which limits count
     * @param proof what a server shows of itself
     */
    public record ClientHints(
            Optional<Origin> origin,
            boolean returnRedirect,
            Optional<String> fetchSite,
            Optional<String> fetchMode,
            Optional<String> fetchDestination,
            boolean speculative,
            boolean acceptsHtml,
            String network,
            ServerProof proof) {

        /** Makes the hints of a client that shows nothing of itself. */
        public ClientHints(
                Optional<Origin> origin,
                boolean returnRedirect,
                Optional<String> fetchSite,
                Optional<String> fetchMode,
                Optional<String> fetchDestination,
                boolean speculative,
                boolean acceptsHtml,
                String network) {
            this(
                    origin,
                    returnRedirect,
                    fetchSite,
                    fetchMode,
                    fetchDestination,
                    speculative,
                    acceptsHtml,
                    network,
                    ServerProof.NONE);
        }

        /**
         * Whether a browser says that it navigates to this page. Frameworks prefetch links in many ways, each with its own
         * header, but none of them looks like a navigation.
         *
         * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
         */
        public boolean isNavigation() {
            return !speculative
                    && fetchMode.filter("navigate"::equals).isPresent()
                    && fetchDestination.filter("document"::equals).isPresent();
        }

        /** Whether any Fetch Metadata header is present. Browsers send them since 2023, over TLS and on localhost. */
        public boolean hasFetchMetadata() {
            return fetchSite.isPresent() || fetchMode.isPresent() || fetchDestination.isPresent();
        }
    }

    /**
     * What a server sends to prove who it is, or shows that it is a browser.
     *
     * @param authorization {@code Authorization}, as sent
     * @param dpop {@code DPoP} (RFC 9449), as sent
     * @param browser whether a header is there that only browsers send
     */
    public record ServerProof(Optional<String> authorization, Optional<String> dpop, boolean browser) {

        /** Of a client that shows nothing. */
        public static final ServerProof NONE = new ServerProof(Optional.empty(), Optional.empty(), false);

        /** Keeps secrets out of messages. */
        @Override
        public String toString() {
            return "ServerProof[***]";
        }
    }

    public Application application() {
        return recognized.application();
    }

    public Origin origin() {
        return recognized.origin();
    }

    /** The holder of the keys for this request: the application, or all its previews together. */
    public KeyHolder keyHolder() {
        String clientId = application().clientId().value();
        return recognized.isPreview() ? KeyHolder.previewsOf(clientId) : KeyHolder.application(clientId);
    }

    /** The same request with its body. */
    public AuthRequest withBody(Parameters parameters) {
        return new AuthRequest(method, route, recognized, names, cookies, query, parameters, client, reference);
    }

    public boolean isPost() {
        return method == Method.POST;
    }

    /** An absolute URL below {@code /api/auth}, at the host that received the request. */
    public String url(String path) {
        return recognized.host() + Route.BASE_PATH + path;
    }

    /**
     * Where Keycloak sends the browser back: at the host of the request. For a preview, which Keycloak does not know, at its
     * callback origin.
     */
    public String redirectUri(Provider provider) {
        String path = "/callback/" + provider.alias();
        return recognized.isPreview() ? recognized.registeredOrigin() + Route.BASE_PATH + path : url(path);
    }

    /** The providers with which somebody can sign in here: those of the application for which Keycloak has a redirect URI. */
    public List<Provider> offered() {
        return application().providers().stream()
                .filter(provider -> application().redirectUris().admit(redirectUri(provider)))
                .toList();
    }

    /** The URL of a page of the facade. At a host that serves several applications it names the application. */
    public String pageUrl(String path) {
        String which = whichApplication();
        return url(path) + (path.indexOf('?') < 0 ? which : which.replace('?', '&'));
    }

    /** The query that names the application, with its question mark. Empty if the host serves one application. */
    public String whichApplication() {
        return recognized.isCentral()
                ? "?" + CLIENT_ORIGIN + "=" + URLEncoder.encode(origin().toString(), StandardCharsets.UTF_8)
                : "";
    }

    /** The same request for another origin of the application. */
    public AuthRequest forOrigin(Origin origin) {
        Recognized other = new Recognized(application(), origin, recognized.host(), recognized.sharedHost());
        return new AuthRequest(method, route, other, names, cookies, query, body, client, reference);
    }

    /** The query parameter that carries the reference from a redirect to its page. */
    public static final String REFERENCE = "reference";

    /** The query parameter that says more than {@code error}. Clients of Auth.js return it to their callers. */
    public static final String CODE = "code";

    /** Redirects to the error page. */
    public Reply.ErrorRedirect toErrorPage(Page.Cause cause) {
        AuthErrorCode error = cause.status() == FORBIDDEN ? AuthErrorCode.ACCESS_DENIED : AuthErrorCode.CONFIGURATION;
        return to(application().pages().error(), "/error", error, "&" + CODE + "=" + cause.code());
    }

    /**
     * Redirects to the error page of a sign-in whose demands are not met.
     *
     * @param again the parameters with which a page can begin it again
     */
    public Reply.ErrorRedirect toStepUpPage(Map<String, String> again) {
        return to(
                application().pages().error(),
                "/error",
                AuthErrorCode.STEP_UP_REQUIRED,
                "&" + CODE + "=" + Page.Cause.STEP_UP_REQUIRED.code() + "&" + Parameters.toForm(again));
    }

    /** Redirects to the sign-in page, which says what went wrong and offers another try. */
    public Reply.ErrorRedirect toSignInPage(AuthErrorCode error) {
        return toSignIn(error, "");
    }

    /** The same with a code, which says more. */
    public Reply.ErrorRedirect toSignInPage(AuthErrorCode error, String code) {
        return toSignIn(error, "&" + CODE + "=" + code);
    }

    /** Redirects to the sign-in page, which then leads on to this address. */
    public Reply.ErrorRedirect toSignInPage(AuthErrorCode error, CallbackUrl afterwards) {
        return toSignIn(error, "&" + Parameters.toForm(Map.of("callbackUrl", afterwards.value())));
    }

    private Reply.ErrorRedirect toSignIn(AuthErrorCode error, String code) {
        return to(application().pages().signIn(), "/signin", error, code);
    }

    /** Redirects to the application's own page, if it has one, as Auth.js does. Otherwise to the facade's. */
    private Reply.ErrorRedirect to(Optional<PagePath> own, String page, AuthErrorCode error, String code) {
        String query = "error=" + error.parameter() + code + "&" + REFERENCE + "=" + reference;
        return new Reply.ErrorRedirect(
                own.map(path -> ownPage(path, query)).orElseGet(() -> pageUrl(page + "?" + query)));
    }

    /** The URL of a page of the application, always at its own origin. */
    public String ownPage(PagePath path, String query) {
        return origin() + AsciiUrl.encode(path.value()) + (path.value().indexOf('?') < 0 ? "?" : "&") + query;
    }

    /** The reference of the refusal that this page is about: the one that the redirect carries, otherwise its own. */
    public Reference referenceOfPage() {
        return query.get(REFERENCE).flatMap(Reference::read).orElse(reference);
    }

    /** Whether a client of Auth.js 5 or 4 wants JSON in place of a redirect. */
    public boolean wantsRedirectAsJson() {
        return client.returnRedirect()
                || isPost() && body.get("json").filter("true"::equals).isPresent();
    }
}
