package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

    private final String text = Announcement.of(
            Addresses.of(new Ports(8080, 4000, 8090, 9090, 3000, 3001)),
            List.of("ada", "grace", "zoe"),
            "secret of the run",
            Path.of("logs"));

    @Test
    void the_first_line_begins_with_ready_and_contains_every_address() {
        assertThat(text.lines().findFirst())
                .hasValue("Ready: portfolio http://localhost:3000, dashboard http://127.0.0.1:3001, facade"
                        + " http://127.0.0.1:8090, Keycloak http://localhost:8080, stand-in providers"
                        + " http://localhost:4000");
    }

    @Test
    void names_the_accounts_and_the_administrator() {
        assertThat(text)
                .contains("ada, grace or zoe")
                .contains("http://localhost:8080/admin/")
                .contains("user admin, password secret of the run");
    }

    @Test
    void names_the_callback_to_register_at_a_real_provider() {
        assertThat(Announcement.ofReal("github", "http://localhost:8080/realms/r"))
                .isEqualTo(
                        "  Real github    register the callback URL http://localhost:8080/realms/r/broker/github/endpoint");
    }
}
