package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.ForwardAuth.Trust;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardAuthTest {

    private static final List<Secret> SECRETS = List.of(new Secret("the new one"), new Secret("the old one"));
    private static final List<AddressRange> PROXIES =
            List.of(AddressRange.parse("10.0.0.0/24").orElseThrow());

    private final ForwardAuth both = new ForwardAuth(SECRETS, PROXIES);

    @Test
    void is_off_until_something_is_set() {
        assertThat(ForwardAuth.OFF.isOff()).isTrue();
        assertThat(new ForwardAuth(SECRETS, List.of()).isOff()).isFalse();
        assertThat(new ForwardAuth(List.of(), PROXIES).isOff()).isFalse();
        assertThat(ForwardAuth.OFF.of(null, "127.0.0.1")).isEqualTo(Trust.NONE);
        assertThat(ForwardAuth.OFF.of("", "127.0.0.1")).isEqualTo(Trust.NONE);
    }

    @Test
    void trusts_each_secret_from_everywhere() {
        assertThat(both.of("the new one", "192.0.2.1")).isEqualTo(Trust.SECRET);
        assertThat(both.of("the old one", null)).isEqualTo(Trust.SECRET);
    }

    @Test
    void trusts_an_address_less() {
        assertThat(both.of(null, "10.0.0.7")).isEqualTo(Trust.ADDRESS);
        assertThat(both.of(null, "10.0.1.7")).isEqualTo(Trust.NONE);
        assertThat(both.of(null, null)).isEqualTo(Trust.NONE);
    }

    @Test
    void does_not_trust_an_address_with_a_wrong_secret() {
        assertThat(both.of("the", "10.0.0.7")).isEqualTo(Trust.NONE);
        assertThat(both.of("", "10.0.0.7")).isEqualTo(Trust.NONE);
        assertThat(new ForwardAuth(List.of(), PROXIES).of("x", "10.0.0.7")).isEqualTo(Trust.NONE);
    }
}
