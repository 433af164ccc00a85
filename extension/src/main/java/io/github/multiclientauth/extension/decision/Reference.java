package io.github.multiclientauth.extension.decision;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A reference that a person can give to the operator, who finds it in the log.
 *
 * @param value eight random hexadecimal digits, which say nothing about the sign-in
 */
public record Reference(String value) {

    public static Reference random(SecureRandom random) {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        return new Reference(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
