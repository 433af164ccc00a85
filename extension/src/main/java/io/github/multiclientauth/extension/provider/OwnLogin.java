package io.github.multiclientauth.extension.provider;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The name of Keycloak's own login page in rules and tokens. No identity provider can use it, or an alias that looks
 * like it.
 */
public final class OwnLogin {

    /** What applications ask for, and what rules allow. */
    public static final String NAME = "keycloak";

    /** The name that an identity provider with such an alias gets. No alias can be this, and no rule allows it. */
    public static final String IMPOSTOR = "an identity provider named keycloak";

    private OwnLogin() {}

    /**
     * Whether an alias looks like the name: in any case, with blanks around it, or in letters that Unicode treats as
     * the same (full width, the Kelvin sign).
     */
    public static boolean isNameOf(String alias) {
        // Case after normalisation: the Kelvin sign is a capital letter.
        return Normalizer.normalize(alias, Normalizer.Form.NFKC)
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(NAME);
    }
}
