package io.github.multiclientauth.facade.seal;

import java.util.Objects;

/**
 * The owner of keys. A value sealed for one owner cannot be opened for another.
 *
 * <p>The previews of an application are a separate owner. A session of a preview is not valid at the application, and
 * the secret that a preview's server may know cannot forge one there.
 *
 * @param name the client id; for previews followed by {@code \n} and {@code previews}. No client id contains a line
 *     break
 */
public record KeyHolder(String name) {

    private static final String PREVIEWS = "\npreviews";

    public KeyHolder {
        Objects.requireNonNull(name, "name");
    }

    /** The owner for the application's own origins. */
    public static KeyHolder application(String clientId) {
        return new KeyHolder(clientId);
    }

    /** The owner for all previews of an application. */
    public static KeyHolder previewsOf(String clientId) {
        return new KeyHolder(clientId + PREVIEWS);
    }
}
