package io.github.multiclientauth.testbed.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LoopbackServerTest {

    private final Loop loop = new Loop();
    private final int port = Ports.free().portfolio();

    @AfterEach
    void stop() throws Exception {
        loop.close();
    }

    @Test
    void listens_on_loopback_only() throws IOException {
        try (LoopbackServer server = LoopbackServer.listen(loop.vertx(), "A server", port, request -> {})) {
            assertThat(server).isNotNull();
            assertThat(answers(InetAddress.getByName("127.0.0.1"))).isTrue();
            assertThat(addressesOfTheMachine()).noneMatch(this::answers);
        }
    }

    @Test
    void an_error_for_a_used_port_names_the_server() throws IOException {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> LoopbackServer.listen(loop.vertx(), "A server", port, request -> {}))
                    .withMessage("A server cannot listen on 127.0.0.1, port " + other.getLocalPort());
        }
    }

    @Test
    void a_program_on_the_other_loopback_address_is_noticed() throws IOException {
        Assumptions.assumeTrue(hasIpv6(), "this machine has no IPv6");
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("::1"))) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> LoopbackServer.listen(loop.vertx(), "A server", port, request -> {}))
                    .withMessage("A server cannot listen on ::1, port " + other.getLocalPort());
        }
        // The event loop releases the port a moment later. If it never did, the time limit would end this.
        while (answers(InetAddress.getByName("127.0.0.1"))) {
            Thread.onSpinWait();
        }
    }

    private boolean answers(InetAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static List<InetAddress> addressesOfTheMachine() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
    }

    private static boolean hasIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException none) {
            return false;
        }
    }
}
