package io.github.multiclientauth.facade.client;

import java.util.Objects;

/**
 * The {@code client_id} of an application at Keycloak.
 *
 * @param value 1 to 255 characters, as in Keycloak's database, none of them a control character
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#appendix-A.1">RFC 6749, appendix A.1</a>
 */
public record ClientId(String value) {

    private static final int MAX_LENGTH = 255;

    public ClientId {
        Objects.requireNonNull(value, "value");
        if (!isClientId(value)) {
            throw new IllegalArgumentException("Not a client id");
        }
    }

    /** Whether a client can have this id. */
    public static boolean isClientId(String text) {
        return !text.isBlank() && text.length() <= MAX_LENGTH && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return value;
    }
}
