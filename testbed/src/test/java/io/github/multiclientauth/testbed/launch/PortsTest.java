package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void the_demo_has_its_usual_ports() {
        assertThat(Ports.of(new Properties())).isEqualTo(new Ports(8080, 4000, 8090, 9090, 3000, 3001));
    }

    @Test
    void every_port_can_be_set() {
        Properties properties = new Properties();
        properties.setProperty("keycloak.port", "1");
        properties.setProperty("providers.port", "2");
        properties.setProperty("facade.port", " 3 ");
        properties.setProperty("portfolio.port", "4");
        properties.setProperty("dashboard.port", "65535");

        assertThat(Ports.of(properties)).isEqualTo(new Ports(1, 2, 3, 9090, 4, 65535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "8080x", "99999999999"})
    void an_error_for_a_wrong_port_names_its_property(String text) {
        Properties properties = new Properties();
        properties.setProperty("facade.port", text);

        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> Ports.of(properties))
                .withMessageContaining("facade.port")
                .withMessageContaining(text);
    }

    @Test
    void free_ports_are_free_and_different() {
        Ports ports = Ports.free();

        assertThat(Set.copyOf(List.of(
                        ports.keycloak(),
                        ports.providers(),
                        ports.facade(),
                        ports.facadeManagement(),
                        ports.portfolio(),
                        ports.dashboard())))
                .hasSize(6);
        assertThatCode(ports::requireFree).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0"})
    void an_error_for_a_used_port_names_its_property(String address) throws IOException {
        assumeTrue(exists(address), "this machine has no " + address);
        Ports free = Ports.free();
        try (ServerSocket other = new ServerSocket(free.portfolio(), 1, InetAddress.getByName(address))) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(free::requireFree)
                    .withMessage("Nothing was started: port " + other.getLocalPort()
                            + " is in use (-Dportfolio.port=<port> chooses another)");
        }
    }

    @Test
    void a_repeated_port_is_refused() {
        Ports free = Ports.free();
        Ports twice = new Ports(
                free.keycloak(),
                free.providers(),
                free.facade(),
                free.facadeManagement(),
                free.portfolio(),
                free.keycloak());

        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(twice::requireFree)
                .withMessageContaining(free.keycloak() + " is given twice (-Ddashboard.port)");
    }

    private static boolean exists(String address) {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return probe.isBound();
        } catch (IOException none) {
            return false;
        }
    }
}
