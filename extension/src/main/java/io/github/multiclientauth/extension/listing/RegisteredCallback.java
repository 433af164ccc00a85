package io.github.multiclientauth.extension.listing;

import java.util.Collection;

/** Where a provider's answer comes back to an application, as redirect URIs are registered for it. */
public final class RegisteredCallback {

    /** Below whatever prefix the application has for it. */
    private static final String CALLBACK = "/callback/";

    /** Where the facade answers. */
    private static final String FACADE = "/api/auth" + CALLBACK;

    private static final String WILDCARD = "*";

    private RegisteredCallback() {}

    public static boolean isRegistered(String provider, Collection<String> redirectUris) {
        return redirectUris.stream().anyMatch(uri -> admits(uri, provider));
    }

    private static boolean admits(String redirectUri, String provider) {
        if (!redirectUri.endsWith(WILDCARD)) {
            return redirectUri.endsWith(CALLBACK + provider);
        }
        String path = path(redirectUri.substring(0, redirectUri.length() - WILDCARD.length()));
        return (FACADE + provider).startsWith(path);
    }

    /** Also of what is no URL: {@code *} alone admits every address. */
    private static String path(String prefix) {
        int scheme = prefix.indexOf("://");
        int path = prefix.indexOf('/', scheme < 0 ? 0 : scheme + "://".length());
        return path < 0 ? "" : prefix.substring(path);
    }
}
