package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 10.0.0.5",
        "10.1.0.0/16, 10.1.255.255",
        "10.1.2.3/16, 10.1.0.0",
        "10.0.0.0/9, 10.127.0.1",
        "10.0.0.4/31, 10.0.0.5",
        "10.0.0.5/32, 10.0.0.5",
        "10.0.0.5, ::ffff:10.0.0.5",
        "::ffff:10.0.0.5, 10.0.0.5",
        "fd00::/8, fdff::1",
        "fe80::/10, fe80::1%eth0",
        "::1, 0:0:0:0:0:0:0:1",
    })
    void has_the_addresses_that_begin_like_it(String range, String address) {
        assertThat(AddressRange.parse(range).orElseThrow().contains(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 10.0.0.6",
        "10.1.0.0/16, 10.2.0.0",
        "10.0.0.0/9, 10.128.0.1",
        "10.0.0.4/31, 10.0.0.6",
        "10.0.0.0/8, fd00::1",
        "fd00::/8, 10.0.0.1",
        "fd00::/8, fe00::1",
        "127.0.0.1, localhost",
        "127.0.0.1, ''",
        "127.0.0.1, 127.0.0.1.",
    })
    void has_no_others(String range, String address) {
        assertThat(AddressRange.parse(range).orElseThrow().contains(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "localhost",
                "proxy.example.com",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.1.2",
                "10.0.0.5/33",
                "10.0.0.5/",
                "10.0.0.5/-1",
                "10.0.0.5/8/8",
                "10.0.0.5:80",
                "::1/129",
                "gg::1",
                "10.0.0.0005",
                "10..0.1",
                "::ffff:10.0.0.0/104",
                "*",
                "10.0.0.*"
            })
    void is_nothing_else(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0/0, true", "::/0, true", "10.0.0.0/1, false"})
    void knows_that_it_has_every_address(String range, boolean everything) {
        assertThat(AddressRange.parse(range).orElseThrow().isEverything()).isEqualTo(everything);
    }
}
