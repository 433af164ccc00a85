package io.github.multiclientauth.extension.provider;

import java.util.regex.Pattern;

/**
 * Checks which aliases of identity providers applications can use. An alias is part of paths, redirect URIs and answers
 * of Auth.js, and is compared there character by character. Facades of all versions ignore other aliases.
 */
public final class ProviderAlias {

    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private ProviderAlias() {}

    /** Whether the alias has 1 to 100 ASCII letters, digits, _ . and -, and does not begin with . or -. */
    public static boolean isUsable(String alias) {
        return USABLE.matcher(alias).matches();
    }
}
