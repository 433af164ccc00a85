package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;

/** The ports of all parts. All of them listen on loopback. */
public record Ports(int keycloak, int providers, int facade, int facadeManagement, int portfolio, int dashboard) {

    private static final int CONNECT_TIMEOUT_MILLIS = 500;
    private static final int FREE_FROM = 20_000;
    private static final int FREE_TO = 30_000;

    /**
     * The demo's ports, each replaceable by a property such as {@code keycloak.port}.
     *
     * @throws StartFailedException if a value is no port; the message names it
     */
    public static Ports of(Properties properties) {
        return new Ports(
                port(properties, "keycloak.port", 8080),
                port(properties, "providers.port", 4000),
                port(properties, "facade.port", 8090),
                port(properties, "facade.management.port", 9090),
                port(properties, "portfolio.port", 3000),
                port(properties, "dashboard.port", 3001));
    }

    /**
     * Chooses ports that are free now. They are below the range for outgoing connections, because Keycloak listens only many seconds
     * after its port was chosen.
     */
    public static Ports free() {
        List<Integer> free = new Random()
                .ints(FREE_FROM, FREE_TO)
                .distinct()
                .filter(port -> !isInUse(port))
                .limit(6)
                .boxed()
                .toList();
        return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4), free.get(5));
    }

    /**
     * Checks that all ports are free, before anything starts.
     *
     * @throws StartFailedException if a port is in use or given twice; the message names all of them and says how to choose others
     */
    public void requireFree() {
        Set<Integer> seen = new HashSet<>();
        List<String> faults = new ArrayList<>();
        byProperty().forEach((property, port) -> {
            if (!seen.add(port)) {
                faults.add(port + " is given twice (-D" + property + ")");
            } else if (isInUse(port)) {
                faults.add(port + " is in use (-D" + property + "=<port> chooses another)");
            }
        });
        if (!faults.isEmpty()) {
            throw new StartFailedException("Nothing was started: port " + String.join("; port ", faults));
        }
    }

    private Map<String, Integer> byProperty() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("keycloak.port", keycloak);
        ports.put("providers.port", providers);
        ports.put("facade.port", facade);
        ports.put("facade.management.port", facadeManagement);
        ports.put("portfolio.port", portfolio);
        ports.put("dashboard.port", dashboard);
        return ports;
    }

    private static boolean isInUse(int port) {
        // Both address families. A browser that resolves "localhost" to ::1 would reach another program there.
        return answers("::1", port) || answers("127.0.0.1", port) || !canListen(port);
    }

    private static boolean answers(String loopback, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback, port), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean canListen(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (UnknownHostException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (IOException taken) {
            return false;
        }
    }

    private static int port(Properties properties, String property, int usual) {
        String text = properties.getProperty(property);
        if (text == null || text.isBlank()) {
            return usual;
        }
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // Refused below, like other wrong values.
        }
        throw new StartFailedException("-D" + property + " must be a port from 1 to 65535, not \"" + text + "\"");
    }
}
