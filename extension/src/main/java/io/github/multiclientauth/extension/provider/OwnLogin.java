package io.github.multiclientauth.extension.provider;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The name that rules and tokens have for Keycloak's own login page. No identity provider can have it, nor one that a person
 * or a careless comparison takes for it.
 */
public final class OwnLogin {

    /** What applications ask for, and what rules allow. */
    public static final String NAME = "keycloak";

    /** What an identity provider of that name is called. No alias can be this, and no rule allows it. */
    public static final String IMPOSTOR = "an identity provider named keycloak";

    private OwnLogin() {}

    /**
     * Whether an alias reads like the name: in any case, with blanks around it, or in letters that Unicode holds for the same
     * ones (full width, the Kelvin sign).
     */
    public static boolean isNameOf(String alias) {
        // Case after normalisation: the Kelvin sign is a capital letter.
        return Normalizer.normalize(alias, Normalizer.Form.NFKC)
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(NAME);
    }
}
