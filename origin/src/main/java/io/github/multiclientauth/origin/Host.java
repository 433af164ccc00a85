package io.github.multiclientauth.origin;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Brings host names and addresses to one spelling, so that hosts can be compared for equality. */
final class Host {

    private static final int MAX_NAME = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]{2,39}");
    private static final Pattern LOOKS_NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    /**
     * Characters that IDNA 2003, which the JDK implements, maps and today's browsers do not (sharp s, final sigma, the
     * joiners). JDK and browser would reach different hosts.
     *
     * @see <a href="https://www.unicode.org/reports/tr46/#Deviations">UTS 46, deviations</a>
     */
    private static final Pattern IDNA_DEVIATION = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    private Host() {}

    static Optional<String> canonical(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return ipv6(host.substring(1, host.length() - 1).toLowerCase(Locale.ROOT));
        }
        return ascii(host).filter(Host::isNameOrIpv4);
    }

    private static Optional<String> ascii(String host) {
        if (host.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(host.toLowerCase(Locale.ROOT));
        }
        if (IDNA_DEVIATION.matcher(host).find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isNameOrIpv4(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.isEmpty() || name.length() > MAX_NAME) {
            return false;
        }
        String[] labels = name.split("\\.", -1);
        // Browsers read every host whose last label is a number as an IPv4 address, in octal and hexadecimal too.
        if (LOOKS_NUMERIC.matcher(labels[labels.length - 1]).matches()) {
            return isDottedQuad(host, labels);
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDottedQuad(String host, String[] labels) {
        if (labels.length != 4 || host.endsWith(".")) {
            return false;
        }
        for (String label : labels) {
            if (!BYTE.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> ipv6(String address) {
        if (!IPV6.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            // A literal of digits and colons: no name is looked up.
            return InetAddress.getByName(address) instanceof Inet6Address parsed
                    ? Optional.of("[" + shortest(parsed.getAddress()) + "]")
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** RFC 5952, section 4: no leading zeros, the first longest run of two or more zero groups as {@code ::}. */
    private static String shortest(byte[] address) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
