package io.github.multiclientauth.facade.wire;

/**
 * How long cookies may become, so that all cookies of an application together fit into a request. nginx and other servers
 * accept 8 KiB for the whole {@code Cookie} header.
 *
 * <p>All numbers are characters of that header: name, encoded value and separators. A session takes up to 2,800 of them,
 * since its claims are limited.
 */
public final class CookieRoom {

    /** All cookies that the browser sends to the facade, those of other applications on the host included. */
    public static final int ALL = 8000;

    /** All sign-ins that wait. One with the longest {@code callbackUrl} fits. */
    public static final int SIGN_INS = 4000;

    /** The remembered {@code callbackUrl}. A longer one is not remembered. */
    public static final int CALLBACK_URL = 1000;

    private static final int CSRF = 200;

    private CookieRoom() {}

    /** The most that the CSRF token and the callback URL take, which any answer may set. */
    public static int standing(CookieNames names) {
        return names.csrf().length() + CSRF + CALLBACK_URL;
    }
}
