package io.github.multiclientauth.testbed.application;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A POST with a large form, as a browser or curl sends it: whole, before the answer is read.
 *
 * @param chunked whether the length is not announced
 */
public record LargePost(String host, String target, int length, boolean chunked) {

    private static final int PIECE = 16 * 1024;
    private static final int PATIENCE_MILLIS = 10_000;

    /** A connection that stays open, unless the server closes it. */
    public static final class Connection implements AutoCloseable {

        private final int port;
        private Socket socket;
        private InputStream in;

        private Connection(int port) throws IOException {
            this.port = port;
            open();
        }

        private void open() throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** Sends a request, and returns the status of its answer. Opens a new connection if the server closes this one. */
        public int send(LargePost post) throws IOException {
            Socket to = socket;
            Thread upload = new Thread(() -> post.write(to));
            upload.setDaemon(true);
            upload.start();
            String head = line();
            int status = Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
            int length = 0;
            boolean last = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                last |= lower.equals("connection: close");
                length = lower.startsWith("content-length:")
                        ? Integer.parseInt(
                                lower.substring("content-length:".length()).strip())
                        : length;
            }
            in.readNBytes(length);
            if (last) {
                close();
                open();
            } else {
                await(upload);
            }
            return status;
        }

        private static void await(Thread upload) throws IOException {
            try {
                upload.join(PATIENCE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            if (upload.isAlive()) {
                throw new IOException("The server does not read the rest of the body");
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            int read = in.read();
            while (read >= 0 && read != '\n') {
                line.append((char) read);
                read = in.read();
            }
            if (read < 0) {
                throw new IOException("The server has closed the connection without an answer");
            }
            return line.toString().strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    public static Connection connect(int port) throws IOException {
        return new Connection(port);
    }

    private void write(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("POST " + target + " HTTP/1.1\r\nHost: " + host
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length) + "\r\n\r\n"));
            for (int left = length; left > 0; left -= PIECE) {
                byte[] piece = ascii("x".repeat(Math.min(left, PIECE)));
                if (chunked) {
                    out.write(ascii(Integer.toHexString(piece.length) + "\r\n"));
                }
                out.write(piece);
                if (chunked) {
                    out.write(ascii("\r\n"));
                }
            }
            if (chunked) {
                out.write(ascii("0\r\n\r\n"));
            }
        } catch (IOException closed) {
            // The answer has been read, or its reader fails.
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
