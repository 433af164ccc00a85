package io.github.multiclientauth.extension.provider;

import java.util.regex.Pattern;

/**
 * Which aliases of identity providers applications can use: an alias stands in paths, in redirect URIs and in the answers of
 * Auth.js, and is compared there letter by letter. A facade of any version leaves out the others.
 */
public final class ProviderAlias {

    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private ProviderAlias() {}

    public static boolean isUsable(String alias) {
        return USABLE.matcher(alias).matches();
    }
}
