package io.github.multiclientauth.facade.seal;

import java.util.Objects;

/**
 * Who has keys of their own: what is sealed for one opens for no other.
 *
 * <p>The previews of an application are another than the application itself, so that a session of a preview is none at the
 * application, and the secret that a preview's server may know forges none there.
 *
 * @param name the client id; for previews with {@code \n} before {@code previews}, which no client id contains
 */
public record KeyHolder(String name) {

    private static final String PREVIEWS = "\npreviews";

    public KeyHolder {
        Objects.requireNonNull(name, "name");
    }

    /** At the application's own origins. */
    public static KeyHolder application(String clientId) {
        return new KeyHolder(clientId);
    }

    /** All previews of an application together. */
    public static KeyHolder previewsOf(String clientId) {
        return new KeyHolder(clientId + PREVIEWS);
    }
}
