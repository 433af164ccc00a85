package io.github.multiclientauth.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminApiTest {

    /** Keycloak 26.7 refuses a path in which a character is encoded without need (RFC 3986, section 2.3). */
    @ParameterizedTest
    @CsvSource({
        "browser, browser",
        "'our flow', our%20flow",
        "a~b, a~b",
        "a/b?c#d, a%2Fb%3Fc%23d",
        "a+b, a%2Bb",
        "a%7Eb, a%257Eb",
        "M\u00fcnze, M%C3%BCnze",
    })
    void encodes_what_needs_it_in_a_path(String name, String encoded) {
        assertThat(AdminApi.encoded(name)).isEqualTo(encoded);
    }
}
