package io.github.multiclientauth.facade.web;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a request comes from, as a limit must count it: one spelling for each IPv4 address, and one for each /64 of IPv6,
 * which is what a provider gives to one household (CVE-2026-45364).
 */
final class ClientNetwork {

    /** Shared by all that have none: sockets of the machine itself, and what a proxy wrote that is no address. */
    private static final String UNKNOWN = "unknown";

    private static final int IPV4 = 4;
    private static final int NETWORK = 8;

    /** {@code ::ffff:0:0/96}: an IPv4 address in the words of IPv6. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private ClientNetwork() {}

    /** @param address of the peer, or the one that a trusted proxy forwarded; may be null */
    static String of(SocketAddress address) {
        return address == null || !address.isInetSocket() ? UNKNOWN : of(address.hostAddress(), address.host());
    }

    private static String of(String number, String host) {
        return of(number == null ? host : number);
    }

    static String of(String written) {
        byte[] bytes = written == null ? null : NetUtil.createByteArrayFromIpAddressString(written);
        if (bytes == null) {
            return UNKNOWN;
        }
        if (bytes.length == IPV4) {
            return ipv4(bytes);
        }
        if (Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length)) {
            return ipv4(Arrays.copyOfRange(bytes, MAPPED.length, bytes.length));
        }
        return HexFormat.ofDelimiter(":").formatHex(bytes, 0, NETWORK) + "::/64";
    }

    private static String ipv4(byte[] bytes) {
        return NetUtil.bytesToIpAddress(bytes);
    }
}
