package io.github.multiclientauth.extension.decision;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a person can tell the operator, who finds it in the log.
 *
 * @param value eight random hexadecimal digits; gives nothing away
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
