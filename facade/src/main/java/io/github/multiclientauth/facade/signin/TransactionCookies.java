package io.github.multiclientauth.facade.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.Seal;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.RequestCookies.Cookie;
import io.github.multiclientauth.facade.wire.SetCookie;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Sign-ins that have begun, one cookie each, so that several tabs do not get in each other's way. The name is found from
 * the {@code state}; the content is sealed with a key of this purpose alone.
 */
final class TransactionCookies {

    /** Together with the other cookies they must fit into a request header of 8 KiB. */
    private static final int MAX_COUNT = 5;

    private static final int MAX_CHARACTERS = 4096;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{12}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApplicationSeals seals;
    private final Duration lifetime;
    private final Clock clock;

    TransactionCookies(ApplicationSeals seals, Duration lifetime, Clock clock) {
        this.seals = seals;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** The cookie of a new transaction, and what clears those that there is no room for, the oldest first. */
    List<SetCookie> begin(AuthRequest request, Transaction transaction) {
        String value = seal(request).seal(write(transaction));
        List<SetCookie> cookies = new ArrayList<>();
        cookies.add(new SetCookie(
                name(request, transaction.state().reveal()),
                value,
                CookieNames.FACADE_PATH,
                request.names().secure(),
                OptionalLong.of(lifetime.toSeconds()),
                Optional.of(transaction.startedAt().plus(lifetime))));
        int count = 1;
        int characters = value.length();
        for (Cookie cookie : newestFirst(request)) {
            count++;
            characters += cookie.value().length();
            if (count > MAX_COUNT || characters > MAX_CHARACTERS) {
                cookies.add(cleared(request, cookie.name()));
            }
        }
        return cookies;
    }

    /** The transaction that the state belongs to, if it is one of this application and has not run out. */
    Optional<Transaction> find(AuthRequest request, String state) {
        return request.cookies()
                .get(name(request, state))
                .flatMap(value -> open(request, value))
                .filter(transaction -> transaction.state().equals(new Secret(state)))
                .filter(transaction ->
                        clock.instant().isBefore(transaction.startedAt().plus(lifetime)));
    }

    SetCookie end(AuthRequest request, Transaction transaction) {
        return cleared(request, name(request, transaction.state().reveal()));
    }

    private List<Cookie> newestFirst(AuthRequest request) {
        record Dated(Cookie cookie, Instant startedAt) {}
        String prefix = request.names().transaction();
        return request.cookies().withPrefix(prefix).stream()
                // Others were not made here; their names could hold what no answer may repeat.
                .filter(cookie ->
                        ID.matcher(cookie.name().substring(prefix.length())).matches())
                .map(cookie -> new Dated(
                        cookie,
                        open(request, cookie.value())
                                .map(Transaction::startedAt)
                                .orElse(Instant.MIN)))
                .sorted(Comparator.comparing(Dated::startedAt).reversed())
                .map(Dated::cookie)
                .toList();
    }

    private SetCookie cleared(AuthRequest request, String name) {
        return SetCookie.cleared(name, CookieNames.FACADE_PATH, request.names().secure());
    }

    private static String name(AuthRequest request, String state) {
        return TransactionName.of(request.names(), state);
    }

    private Seal seal(AuthRequest request) {
        return seals.transaction(request.keyHolder(), request.names().transaction());
    }

    private Optional<Transaction> open(AuthRequest request, String value) {
        return seal(request).open(value).flatMap(TransactionCookies::read);
    }

    private static byte[] write(Transaction transaction) {
        try {
            return JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("state", transaction.state().reveal())
                    .put("nonce", transaction.nonce().reveal())
                    .put("codeVerifier", transaction.codeVerifier().reveal())
                    .put("clientId", transaction.clientId().value())
                    .put("origin", transaction.origin().toString())
                    .put("provider", transaction.provider().alias())
                    .put("callbackUrl", transaction.callbackUrl().value())
                    .put("silent", transaction.silent())
                    .put("startedAt", transaction.startedAt().toEpochMilli()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What opens was sealed here: anything else in it is a bug, not an attack. */
    private static Optional<Transaction> read(byte[] content) {
        try {
            JsonNode node = JSON.readTree(content);
            return Optional.of(new Transaction(
                    new Secret(node.required("state").asText()),
                    new Secret(node.required("nonce").asText()),
                    new Secret(node.required("codeVerifier").asText()),
                    new ClientId(node.required("clientId").asText()),
                    Origin.parse(node.required("origin").asText()).orElseThrow(IllegalArgumentException::new),
                    new Provider(node.required("provider").asText()),
                    new CallbackUrl(node.required("callbackUrl").asText()),
                    node.required("silent").asBoolean(),
                    Instant.ofEpochMilli(node.required("startedAt").asLong())));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
