package io.github.multiclientauth.extension.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same as {@code advancedMsg} in Keycloak's themes. */
class ClientNameTest {

    private final Properties messages = new Properties();

    @ParameterizedTest
    @CsvSource({"${shop_name}, Der Laden", "${unknown}, unknown", "${}, ''"})
    void a_key_is_translated(String name, String shown) {
        messages.setProperty("shop_name", "Der Laden");

        assertThat(ClientName.of(name, messages, Locale.GERMAN)).isEqualTo(shown);
    }

    @Test
    void any_other_name_stays_as_it_is() {
        for (String name : new String[] {null, "", "Shop", "${shop_name} 2", "{0}", "$"}) {
            assertThat(ClientName.of(null, null, name, Locale.ENGLISH)).isEqualTo(name);
        }
    }
}
