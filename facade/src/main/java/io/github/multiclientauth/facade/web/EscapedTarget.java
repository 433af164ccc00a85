package io.github.multiclientauth.facade.web;

/**
 * Escapes the characters of a request target that browsers send as they are and {@link java.net.URI} refuses: {@code |}, a
 * {@code %} before which no escape begins, and others. Quarkus answers a target that Java refuses with an empty 400.
 *
 * <p>A parameter means the same afterwards: the URL standard takes such a {@code %} for itself. No path has these characters.
 *
 * @see <a href="https://url.spec.whatwg.org/#percent-decode">URL standard, percent-decode</a>
 */
final class EscapedTarget {

    private static final String HEX = "0123456789ABCDEF";
    private static final String ALLOWED = "-._~:/?#@!$&'()*+,;=";
    private static final String ALLOWED_IN_A_QUERY = "[]";

    private EscapedTarget() {}

    /** @param target one character for each byte, as it was received */
    static String of(String target) {
        StringBuilder escaped = null;
        boolean query = false;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            query |= c == '?';
            if (isAllowed(target, i, query)) {
                if (escaped != null) {
                    escaped.append(c);
                }
                continue;
            }
            if (escaped == null) {
                escaped = new StringBuilder(target.length() + 16).append(target, 0, i);
            }
            escaped.append('%').append(HEX.charAt(c >> 4 & 0xf)).append(HEX.charAt(c & 0xf));
        }
        return escaped == null ? target : escaped.toString();
    }

    private static boolean isAllowed(String target, int at, boolean query) {
        char c = target.charAt(at);
        if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') {
            return true;
        }
        if (c == '%') {
            return at + 2 < target.length() && isHex(target.charAt(at + 1)) && isHex(target.charAt(at + 2));
        }
        return ALLOWED.indexOf(c) >= 0 || query && ALLOWED_IN_A_QUERY.indexOf(c) >= 0;
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }
}
