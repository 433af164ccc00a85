package io.github.multiclientauth.facade.trace;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps cookies, and names the host that it means: no client of the JDK's lets a test do that. */
final class TracedBrowser {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final int port;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    TracedBrowser(int port) {
        this.port = port;
    }

    record Answer(List<String> head) {

        String location() {
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
                    .map(line -> line.substring("location:".length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No Location in " + head));
        }
    }

    /** What is in the cookies. */
    List<String> cookies() {
        return List.copyOf(cookies.values());
    }

    Answer get(String target, String... headers) throws IOException {
        return send("GET " + target, String.join("\r\n", headers), "");
    }

    Answer post(String target, String form, String header) throws IOException {
        return send("POST " + target, header + "\r\nContent-Type: application/x-www-form-urlencoded", form);
    }

    private Answer send(String request, String headers, String body) throws IOException {
        StringBuilder text = new StringBuilder(request + " HTTP/1.1\r\nHost: portfolio.test\r\nConnection: close\r\n");
        if (!headers.isEmpty()) {
            text.append(headers).append("\r\n");
        }
        if (!cookies.isEmpty()) {
            text.append("Cookie: ");
            cookies.forEach(
                    (name, value) -> text.append(name).append('=').append(value).append("; "));
            text.setLength(text.length() - 2);
            text.append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        text.append("\r\n").append(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            List<String> head = List.of(answer.split("\r\n\r\n", 2)[0].split("\r\n"));
            head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:"))
                    .map(line -> line.substring("set-cookie:".length())
                            .strip()
                            .split(";", 2)[0]
                            .split("=", 2))
                    .forEach(cookie -> cookies.put(cookie[0], cookie[1]));
            return new Answer(head);
        }
    }
}
