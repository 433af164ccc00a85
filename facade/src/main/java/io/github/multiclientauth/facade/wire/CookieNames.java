package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import java.util.regex.Pattern;

/**
 * The names of an application's cookies, as Auth.js 5 has them.
 *
 * <p>Where a host name serves several clients, {@code <clientId>.} comes before {@code authjs.}: cookies ignore ports.
 * The browser's own prefixes ({@code __Secure-}, {@code __Host-}) still come first, else they would mean nothing to it.
 *
 * @param secure whether the application is served over TLS
 */
public record CookieNames(String application, boolean secure) {

    private static final Pattern NOT_IN_A_COOKIE_NAME = Pattern.compile("[^A-Za-z0-9!#$&'*.^_`|~-]");

    /** Cookies that applications and their pages' requests carry. */
    public static final String SITE_PATH = "/";

    /** Cookies of the facade alone. */
    public static final String FACADE_PATH = Route.BASE_PATH;

    /** The names for an application at one of its origins. */
    public static CookieNames of(Recognized recognized) {
        String application = recognized.sharedHost()
                ? escape(recognized.application().clientId().value()) + "."
                : "";
        return new CookieNames(application, recognized.origin().isSecure());
    }

    public String session() {
        return prefixed("__Secure-", "session-token");
    }

    public String refresh() {
        return prefixed("__Secure-", "refresh-token");
    }

    public String csrf() {
        return prefixed("__Host-", "csrf-token");
    }

    public String callbackUrl() {
        return prefixed("__Secure-", "callback-url");
    }

    /** What the name of every transaction cookie begins with. */
    public String transaction() {
        return prefixed("__Secure-", "transaction.");
    }

    private String prefixed(String prefix, String name) {
        return (secure ? prefix : "") + application + "authjs." + name;
    }

    /** Injective: what is not allowed in a cookie name becomes its code between two {@code !}. */
    private static String escape(String clientId) {
        return NOT_IN_A_COOKIE_NAME
                .matcher(clientId.replace("!", "!21!"))
                .replaceAll(match -> "!" + Integer.toHexString(match.group().codePointAt(0)) + "!");
    }
}
