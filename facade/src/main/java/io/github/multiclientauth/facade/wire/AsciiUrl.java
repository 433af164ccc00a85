package io.github.multiclientauth.facade.wire;

import java.nio.charset.StandardCharsets;

/**
 * Writes URLs in ASCII, as a browser does that follows them: a character that a URL cannot have becomes the
 * percent-encoding of its UTF-8 bytes. A header cannot carry other characters: servers and browsers would read them in
 * different encodings.
 *
 * @see <a href="https://url.spec.whatwg.org/#percent-encoded-bytes">URL standard, percent-encoded bytes</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.5">RFC 3986, section 2.5</a>
 */
public final class AsciiUrl {

    private static final String HEX = "0123456789ABCDEF";

    /** What is encoded everywhere. Control characters and everything beyond ASCII are, too. */
    private static final String NOWHERE = " \"<>";

    private static final String NOT_IN_A_PATH = "`{}^";
    private static final String NOT_IN_A_QUERY = "'";
    private static final String NOT_IN_A_FRAGMENT = "`";

    private AsciiUrl() {}

    /**
     * Encodes path, query and fragment. What is encoded already stays as it is.
     *
     * @param rest the part of a URL after its authority, without lone surrogates
     */
    public static String encode(String rest) {
        StringBuilder ascii = null;
        String forbidden = NOT_IN_A_PATH;
        for (int i = 0; i < rest.length(); ) {
            int c = rest.codePointAt(i);
            int length = Character.charCount(c);
            if (c == '#' && !forbidden.equals(NOT_IN_A_FRAGMENT)) {
                forbidden = NOT_IN_A_FRAGMENT;
            } else if (c == '?' && forbidden.equals(NOT_IN_A_PATH)) {
                forbidden = NOT_IN_A_QUERY;
            }
            if (c <= ' ' || c >= 0x7f || NOWHERE.indexOf(c) >= 0 || forbidden.indexOf(c) >= 0) {
                if (ascii == null) {
                    ascii = new StringBuilder(rest.length() + 32).append(rest, 0, i);
                }
                for (byte octet : rest.substring(i, i + length).getBytes(StandardCharsets.UTF_8)) {
                    ascii.append('%').append(HEX.charAt(octet >> 4 & 0xf)).append(HEX.charAt(octet & 0xf));
                }
            } else if (ascii != null) {
                ascii.append((char) c);
            }
            i += length;
        }
        return ascii == null ? rest : ascii.toString();
    }
}
