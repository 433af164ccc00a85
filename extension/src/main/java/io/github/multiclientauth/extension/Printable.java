package io.github.multiclientauth.extension;

/** Makes text from outside safe for a log line and for Keycloak's event log. */
public final class Printable {

    private static final int MAX_LENGTH = 200;

    private Printable() {}

    /**
     * Returns one line of ASCII, with at most 200 characters of the original. Nobody can forge log lines or send
     * terminal sequences by it.
     */
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
