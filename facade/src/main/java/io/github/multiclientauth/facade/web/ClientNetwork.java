package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.wire.AddressRange;
import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.util.HexFormat;

/**
 * The network of a client, for limits: one spelling for each IPv4 address, and one for each /64 of IPv6, since providers give
 * a /64 to one household (CVE-2026-45364).
 */
final class ClientNetwork {

    /** All clients without an address: local sockets, and a forwarded text that is no address. */
    private static final String UNKNOWN = "unknown";

    private static final int IPV4 = 4;
    private static final int NETWORK = 8;

    private static final byte[] NONE = {};

    private ClientNetwork() {}

    /** @param address of the peer, or the one that a trusted proxy forwarded. May be null */
    static String of(SocketAddress address) {
        return address == null || !address.isInetSocket() ? UNKNOWN : of(address.hostAddress(), address.host());
    }

    private static String of(String number, String host) {
        return of(number == null ? host : number);
    }

    static String of(String written) {
        byte[] bytes = written == null ? NONE : AddressRange.bytes(written);
        if (bytes.length == 0) {
            return UNKNOWN;
        }
        if (bytes.length == IPV4) {
            return NetUtil.bytesToIpAddress(bytes);
        }
        return HexFormat.ofDelimiter(":").formatHex(bytes, 0, NETWORK) + "::/64";
    }
}
