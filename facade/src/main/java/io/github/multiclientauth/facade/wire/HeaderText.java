package io.github.multiclientauth.facade.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in a header for the server behind a reverse proxy: visible ASCII and spaces. A percent sign and everything else is the
 * percent-encoding of its UTF-8 bytes, so that decoding gives the text, and nothing ends the line.
 */
public final class HeaderText {

    private static final String HEX = "0123456789ABCDEF";
    private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

    private HeaderText() {}

    /**
     * Encodes a text.
     *
     * @param also further ASCII characters that are encoded, since they separate parts of the header
     */
    public static String encode(String text, String also) {
        return encode(text, also, true, true);
    }

    /** Encodes a part of a text, the first or last one or both. */
    private static String encode(String text, String also, boolean first, boolean last) {
        StringBuilder encoded = null;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int length = Character.charCount(c);
            boolean atAnEnd = first && i == 0 || last && i + length == text.length();
            if (c < ' ' || c >= 0x7f || c == '%' || also.indexOf(c) >= 0 || c == ' ' && atAnEnd) {
                if (encoded == null) {
                    encoded = new StringBuilder(text.length() + 32).append(text, 0, i);
                }
                for (byte octet : text.substring(i, i + length).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.charAt(octet >> 4 & 0xf)).append(HEX.charAt(octet & 0xf));
                }
            } else if (encoded != null) {
                encoded.append((char) c);
            }
            i += length;
        }
        return encoded == null ? text : encoded.toString();
    }

    /** Encodes a text that somebody wrote, in which some characters may be encoded already. */
    public static String encodeRest(String written) {
        Matcher encoded = ENCODED.matcher(written);
        StringBuilder all = new StringBuilder();
        int end = 0;
        while (encoded.find()) {
            all.append(encode(written.substring(end, encoded.start()), "", end == 0, false))
                    .append(encoded.group().toUpperCase(Locale.ROOT));
            end = encoded.end();
        }
        return all.append(encode(written.substring(end), "", end == 0, true)).toString();
    }
}
