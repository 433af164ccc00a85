package io.github.multiclientauth.facade.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The content of a sign-in's cookie before it is sealed: six lines of text, since ten cookies have to fit into a request. JSON
 * is longer, twice as long for a URL of backslashes.
 *
 * <p>The demand and the action, if there are any, are in the line of the start. Versions before, which ignore them, find no
 * time or no demand there, and refuse the sign-in.
 *
 * <p>The application is not in it: the key that seals it is for one application. Neither is the origin: it is that of the URL.
 * The {@code state}, which is long for a preview, is in it as a hash.
 *
 * <p>The content of a cookie that opens was sealed here. If it is unreadable, it is that of a newer version, or there is a bug.
 */
final class TransactionContent {

    private static final int LINES = 6;
    private static final String SEPARATOR = " ";
    private static final String BEFORE_ACTION = "\t";
    private static final int HASH_BYTES = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private TransactionContent() {}

    static byte[] write(Transaction transaction) {
        return String.join(
                        "\n",
                        hash(transaction.state().reveal()).reveal(),
                        transaction.codeVerifier().reveal(),
                        transaction.provider().alias(),
                        transaction.startedAt().toEpochMilli() + wanted(transaction),
                        Boolean.toString(transaction.silent()),
                        transaction.callbackUrl().value())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String wanted(Transaction transaction) {
        boolean nothing = transaction.demand().isNone() && transaction.action().isEmpty();
        return nothing
                ? ""
                : SEPARATOR
                        + transaction.demand().write()
                        + transaction
                                .action()
                                .map(action -> BEFORE_ACTION + action.write())
                                .orElse("");
    }

    /** The transaction. Empty if it has another {@code state}. */
    static Optional<Transaction> read(byte[] content, String state) {
        String text = new String(content, StandardCharsets.UTF_8);
        String[] lines = text.split("\n", LINES);
        try {
            if (isOfVersionBefore(text)) {
                return readJson(text, new Secret(state));
            }
            if (lines.length != LINES || !hash(state).equals(new Secret(lines[0]))) {
                return Optional.empty();
            }
            String[] start = lines[3].split(SEPARATOR, 2);
            String[] wanted = start.length == 1 ? new String[0] : start[1].split(BEFORE_ACTION, 2);
            return Optional.of(new Transaction(
                    new Secret(state),
                    new Secret(lines[1]),
                    new Provider(lines[2]),
                    new CallbackUrl(lines[5]),
                    wanted.length == 0 ? Demand.NONE : Demand.read(wanted[0]),
                    Boolean.parseBoolean(lines[4]),
                    at(start[0]),
                    wanted.length < 2 ? Optional.empty() : Optional.of(RequestedAction.read(wanted[1]))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** When the sign-in began. */
    static Optional<Instant> startedAt(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        String[] lines = text.split("\n", LINES);
        try {
            if (isOfVersionBefore(text)) {
                return Optional.of(at(JSON.readTree(text).required("startedAt").asText()));
            }
            return lines.length == LINES ? Optional.of(at(lines[3].split(SEPARATOR, 2)[0])) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Instant at(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static Secret hash(String state) {
        byte[] hash = Sha256.of("state of the sign-in " + state);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES)));
    }

    /** Sign-ins that the version before has begun are finished, too. Its content was JSON. */
    private static boolean isOfVersionBefore(String text) {
        return text.startsWith("{");
    }

    private static Optional<Transaction> readJson(String text, Secret state) throws IOException {
        JsonNode node = JSON.readTree(text);
        return new Secret(node.required("state").asText()).equals(state)
                ? Optional.of(new Transaction(
                        state,
                        new Secret(node.required("nonce").asText()),
                        new Secret(node.required("codeVerifier").asText()),
                        new Provider(node.required("provider").asText()),
                        new CallbackUrl(node.required("callbackUrl").asText()),
                        Demand.NONE,
                        node.required("silent").asBoolean(),
                        at(node.required("startedAt").asText()),
                        Optional.empty()))
                : Optional.empty();
    }
}
