package io.github.multiclientauth.testbed.proxy;

import io.github.multiclientauth.testbed.proof.TokenCanary;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One request with headers that browsers and HTTP clients do not allow to set. */
public final class RawRequest {

    /** Whoever keeps a connection open longer does not answer. */
    private static final int LIMIT_MILLIS = 60_000;

    private RawRequest() {}

    /** A request for {@code /api/auth/csrf} of a host, with forwarded headers that a visitor might forge. */
    public static List<String> withForgedHeaders(String host, String other) {
        return List.of(
                "GET /api/auth/csrf HTTP/1.1",
                "Host: " + host,
                "X-Forwarded-Host: " + other,
                "X_Forwarded_Host: " + other,
                "X-Forwarded-Proto: http",
                "X-Forwarded-Port: 8443",
                "X-Forwarded-Prefix: /evil",
                "X-Forwarded-For: 10.9.8.7",
                "X-Forwarded-Server: evil.test",
                "Forwarded: for=1.2.3.4;host=" + other + ";proto=http",
                "X-Original-Host: " + other);
    }

    /** A request whose line and cookies are longer than web servers take by default, and which the facade takes. */
    public static List<String> withLongHead(String host) {
        return List.of(
                "GET /api/auth/session?x=" + "a".repeat(12_000) + " HTTP/1.1",
                "Host: " + host,
                "Cookie: other=" + "b".repeat(12_000));
    }

    /** A sign-in whose answer has more bytes in its head than web servers take by default. */
    public static List<String> withLongCallbackUrl(String host) {
        return List.of(
                "GET /api/auth/signin/github?callbackUrl=https%3A%2F%2F" + host + "%2F" + "%41".repeat(1_200)
                        + " HTTP/1.1",
                "Host: " + host);
    }

    /**
     * Sends a request without a body to a port of this machine, and returns the whole answer.
     *
     * @param host the host in the TLS handshake; the head may name another
     */
    public static String overTls(SSLContext trust, String host, int port, List<String> head) throws IOException {
        return overTls(trust, "127.0.0.1", host, port, head);
    }

    /** @param from the local address of the connection, such as 127.0.0.2 */
    public static String overTls(SSLContext trust, String from, String host, int port, List<String> head)
            throws IOException {
        try (Socket plain = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
                SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            socket.setSSLParameters(parameters);
            return answer(socket, head);
        }
    }

    public static String plain(int port, List<String> head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            return answer(socket, head);
        }
    }

    private static String answer(Socket socket, List<String> head) throws IOException {
        socket.setSoTimeout(LIMIT_MILLIS);
        List<String> lines = new ArrayList<>(head);
        lines.addAll(List.of("Connection: close", "", ""));
        OutputStream out = socket.getOutputStream();
        out.write(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        TokenCanary.in(answer).ifPresent(kind -> {
            throw new AssertionError("A browser has received a token (" + kind + ") for " + head.get(0));
        });
        return answer;
    }
}
