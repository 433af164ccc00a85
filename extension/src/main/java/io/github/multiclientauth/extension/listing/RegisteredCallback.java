package io.github.multiclientauth.extension.listing;

import java.util.Collection;

/** Whether redirect URIs are registered to which a provider's answer can return. */
public final class RegisteredCallback {

    /** The part of the path after the prefix that the application has chosen. */
    private static final String CALLBACK = "/callback/";

    /** The path at which the facade answers. */
    private static final String FACADE = "/api/auth" + CALLBACK;

    private static final String WILDCARD = "*";

    private RegisteredCallback() {}

    public static boolean isRegistered(String provider, Collection<String> redirectUris) {
        return redirectUris.stream().anyMatch(uri -> admits(uri, provider));
    }

    /** Whether a redirect URI is a callback of the facade for exactly one provider, and for none of these. */
    public static boolean isOfNone(String redirectUri, Collection<String> providers) {
        String path = path(redirectUri);
        return path.startsWith(FACADE)
                && !path.endsWith(WILDCARD)
                && providers.stream().noneMatch(provider -> path.equals(FACADE + provider));
    }

    private static boolean admits(String redirectUri, String provider) {
        if (!redirectUri.endsWith(WILDCARD)) {
            return redirectUri.endsWith(CALLBACK + provider);
        }
        String path = path(redirectUri.substring(0, redirectUri.length() - WILDCARD.length()));
        return (FACADE + provider).startsWith(path);
    }

    /** Also takes what is no URL: {@code *} alone matches every address. */
    private static String path(String prefix) {
        int scheme = prefix.indexOf("://");
        int path = prefix.indexOf('/', scheme < 0 ? 0 : scheme + "://".length());
        return path < 0 ? "" : prefix.substring(path);
    }
}
