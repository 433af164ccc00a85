package io.github.multiclientauth.testbed.compose;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A request written by hand: HTTP clients name the same host in the handshake, the first line and {@code Host}. */
final class TlsRequest {

    private final SSLContext trust;
    private final int port;

    /** @param port of this machine */
    TlsRequest(SSLContext trust, int port) {
        this.trust = trust;
        this.port = port;
    }

    /**
     * @param name the host in the handshake
     * @return the whole answer
     */
    String answer(String name, String... head) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, name, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            OutputStream out = socket.getOutputStream();
            String lines = String.join(
                    "\r\n",
                    Stream.concat(Stream.of(head), Stream.of("Connection: close", "", ""))
                            .toList());
            out.write(lines.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
