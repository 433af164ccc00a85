package io.github.multiclientauth.facade.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of network addresses in CIDR notation, such as {@code 10.0.0.0/8}, or one address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, section 3.1</a>
 */
public final class AddressRange {

    private static final byte[] NO_ADDRESS = {};

    private static final int IPV4 = 4;

    private static final int LONGEST_NUMBER = 3;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Reads an address, or an address with a slash and the number of bits that count.
     *
     * @return empty for any other text. A name is never looked up
     */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
        String bits = slash < 0 ? Integer.toString(network.length * Byte.SIZE) : text.substring(slash + 1);
        return network.length > 0
                        && NUMBER.matcher(bits).matches()
                        && Integer.parseInt(bits) <= network.length * Byte.SIZE
                ? Optional.of(new AddressRange(network, Integer.parseInt(bits)))
                : Optional.empty();
    }

    /** Whether every address of the same kind, IPv4 or IPv6, is in it. */
    public boolean isEverything() {
        return bits == 0;
    }

    /** Whether a written address is in it. A text that is no address is in no range. */
    public boolean contains(String address) {
        byte[] bytes = bytes(address);
        if (bytes.length != network.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != network[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (bytes[whole] ^ network[whole]) >> Byte.SIZE - rest == 0;
    }

    /**
     * The bytes of a written address; none for any other text. Java reads an IPv4 address that is mapped into IPv6 as the IPv4
     * address.
     */
    public static byte[] bytes(String written) {
        if (written.indexOf(':') < 0) {
            return ipv4(written);
        }
        if (Character.digit(written.charAt(0), 16) < 0 && "[:".indexOf(written.charAt(0)) < 0) {
            return NO_ADDRESS;
        }
        try {
            // A text with a colon and such a beginning is never looked up as a name.
            return InetAddress.getByName(withoutZone(written)).getAddress();
        } catch (UnknownHostException e) {
            return NO_ADDRESS;
        }
    }

    /** Every request comes here, so that nothing but the bytes is made. */
    private static byte[] ipv4(String written) {
        byte[] bytes = new byte[IPV4];
        int at = 0;
        for (int i = 0; i < IPV4; i++) {
            int begin = at;
            int number = 0;
            while (at < written.length() && isDigit(written.charAt(at)) && at - begin < LONGEST_NUMBER) {
                number = number * 10 + written.charAt(at++) - '0';
            }
            boolean ended = i == IPV4 - 1 ? at == written.length() : at < written.length() && written.charAt(at) == '.';
            if (at == begin || number > 0xff || !ended) {
                return NO_ADDRESS;
            }
            at++;
            bytes[i] = (byte) number;
        }
        return bytes;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone) + (address.startsWith("[") ? "]" : "");
    }
}
