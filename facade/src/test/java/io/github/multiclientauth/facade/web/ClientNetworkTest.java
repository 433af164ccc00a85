package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNetworkTest {

    @HostileInput(row = 20, advisory = "CVE-2026-45364")
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:C000:201, 192.0.2.1",
        "0:0:0:0:0:ffff:c000:0201, 192.0.2.1",
        "2001:db8:1:2::1, 20:01:0d:b8:00:01:00:02::/64",
        "2001:DB8:1:2:ffff:ffff:ffff:ffff, 20:01:0d:b8:00:01:00:02::/64",
        "2001:db8:1:2::192.0.2.1, 20:01:0d:b8:00:01:00:02::/64",
        "2001:db8:1:2::1%eth0, 20:01:0d:b8:00:01:00:02::/64",
        "[2001:db8:1:2::1], 20:01:0d:b8:00:01:00:02::/64",
        "2001:db8:1:3::1, 20:01:0d:b8:00:01:00:03::/64",
        "::1, 00:00:00:00:00:00:00:00::/64",
    })
    void an_address_has_one_spelling(String written, String counted) {
        assertThat(ClientNetwork.of(written)).isEqualTo(counted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "192.0.2.256",
                "192.0.2",
                "0x7f.1",
                "2001:db8:::1",
                "proxy.test",
                "proxy:80",
                "[",
                "[::1",
                "%",
                ":"
            })
    void a_text_that_is_no_address_is_unknown(String written) {
        assertThat(ClientNetwork.of(written)).isEqualTo("unknown");
    }

    @Test
    void a_local_socket_is_unknown() {
        assertThat(ClientNetwork.of((SocketAddress) null)).isEqualTo("unknown");
        assertThat(ClientNetwork.of(SocketAddress.domainSocketAddress("/run/facade")))
                .isEqualTo("unknown");
        assertThat(ClientNetwork.of(SocketAddress.inetSocketAddress(80, "192.0.2.1")))
                .isEqualTo("192.0.2.1");
    }
}
