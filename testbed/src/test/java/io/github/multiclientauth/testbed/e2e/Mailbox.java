package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An e-mail server that keeps the messages of a realm. Keycloak answers the browser only after the server has accepted the message, so tests
 * do not have to wait.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>
 */
final class Mailbox implements AutoCloseable {

    private static final Pattern SOFT_LINE_BREAK = Pattern.compile("=\r?\n");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]*/action-token\\?[^\\s\"<>]*");

    private final KeycloakAdministrator administrator;
    private final ServerSocket server;
    private final List<Message> messages = new CopyOnWriteArrayList<>();

    private record Message(String recipient, String text) {}

    /** Starts the server and sets it in the realm, until it is closed. */
    Mailbox(KeycloakAdministrator administrator) throws IOException {
        this.administrator = administrator;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "mailbox");
        thread.setDaemon(true);
        thread.start();
        configure(JsonNodeFactory.instance
                .objectNode()
                .put("host", "127.0.0.1")
                .put("port", String.valueOf(server.getLocalPort()))
                .put("from", "keycloak@example.com"));
    }

    /** The link in the latest message to this address. */
    URI link(String recipient) {
        return messages.stream()
                .filter(message -> message.recipient().equals(recipient))
                .map(message -> LINK.matcher(message.text()))
                .filter(Matcher::find)
                .map(found -> URI.create(found.group()))
                .reduce((former, latter) -> latter)
                .orElseThrow(() -> new AssertionError("No message with a link has come for " + recipient));
    }

    /** The number of messages to this address. */
    long messagesTo(String recipient) {
        return messages.stream()
                .filter(message -> message.recipient().equals(recipient))
                .count();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                receive(client);
            } catch (IOException closed) {
                // The loop ends, or continues with the next client.
            }
        }
    }

    private void receive(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = client.getOutputStream();
        answer(out, "220 mailbox");
        String recipient = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.length() < 4 ? line : line.substring(0, 4);
            switch (command) {
                case "RCPT" -> {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    answer(out, "250 OK");
                }
                case "DATA" -> {
                    answer(out, "354 Go on");
                    messages.add(new Message(recipient, text(in)));
                    answer(out, "250 OK");
                }
                case "QUIT" -> answer(out, "221 Bye");
                default -> answer(out, "250 OK");
            }
        }
    }

    /** Decodes quoted-printable as far as links need it. */
    private static String text(BufferedReader in) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            lines.append(line).append('\n');
        }
        return SOFT_LINE_BREAK.matcher(lines).replaceAll("").replace("=3D", "=").replace("&amp;", "&");
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void configure(ObjectNode smtp) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.set("smtpServer", smtp);
        administrator.updateRealm(settings);
    }

    @Override
    public void close() {
        configure(JsonNodeFactory.instance.objectNode());
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
