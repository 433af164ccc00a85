package io.github.multiclientauth.extension;

/** Text of a stranger, made fit for a log line and for Keycloak's event log. */
public final class Printable {

    private static final int MAX_LENGTH = 200;

    private Printable() {}

    /** One line of ASCII, 200 characters of the original at most: no forged lines, no terminal sequences. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).forEach(c -> {
            if (c >= 0x20 && c < 0x7f) {
                printable.append((char) c);
            } else {
                printable.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return printable.toString();
    }
}
