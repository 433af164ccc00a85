package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkSettingsTest {

    @Test
    void trust_no_provider_by_default() {
        assertThat(LinkSettings.of(Map.of()).trustedProviders()).isEmpty();
        assertThat(LinkSettings.of(Map.of("providersTrustedForEmail", "")).trustedProviders())
                .isEmpty();
    }

    @Test
    void trust_those_that_are_listed() {
        assertThat(LinkSettings.of(Map.of("providersTrustedForEmail", "facebook## github "))
                        .trustedProviders())
                .containsExactlyInAnyOrder("facebook", "github");
    }
}
