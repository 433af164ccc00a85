package io.github.multiclientauth.extension.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.account.DeviceRepresentation;

class DeviceTextTest {

    @ParameterizedTest
    @CsvSource({
        "Firefox/133.0, Firefox 133",
        "Chrome Mobile/131.0.6778, Chrome Mobile 131",
        "Safari/18, Safari 18",
        "curl/Unknown, curl",
        "Other/Unknown,",
        "Unknown/Unknown,",
        "'',",
    })
    void names_the_browser_with_the_number_that_people_know(String noted, String shown) {
        assertThat(DeviceText.of(device(noted, "Linux")).browser().orElse(null)).isEqualTo(shown);
    }

    /** Browsers say 10 for Windows 11, and 10.15.7 for every later macOS. */
    @ParameterizedTest
    @CsvSource({"Windows, Windows", "Mac OS X, Mac OS X", "Other,", "Unknown,", "'',"})
    void names_the_system_without_a_version(String noted, String shown) {
        DeviceRepresentation device = device("Firefox/133.0", noted);
        device.setOsVersion("10");

        assertThat(DeviceText.of(device).system().orElse(null)).isEqualTo(shown);
    }

    @Test
    void says_nothing_where_keycloak_knows_nothing() {
        assertThat(DeviceText.of(null)).isEqualTo(DeviceText.UNKNOWN);
        assertThat(DeviceText.of(new DeviceRepresentation())).isEqualTo(DeviceText.UNKNOWN);
    }

    private static DeviceRepresentation device(String browser, String system) {
        DeviceRepresentation device = new DeviceRepresentation();
        device.setBrowser(browser);
        device.setOs(system);
        return device;
    }
}
