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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Keeps sign-ins that have begun, one cookie each, so that several tabs can sign in at once. The {@code state} gives the
 * cookie's name. The content is sealed with a key for this purpose only.
 */
final class TransactionCookies {

    /** All cookies together must fit into a request header of 8 KiB. */
    private static final int MAX_COUNT = 5;

    private static final int MAX_CHARACTERS = 4096;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{12}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApplicationSeals seals;
    private final Duration lifetime;

    TransactionCookies(ApplicationSeals seals, Duration lifetime) {
        this.seals = seals;
        this.lifetime = lifetime;
    }

    /** The cookie of a new transaction. Clears the oldest transactions if there is no room for all. */
    List<SetCookie> begin(AuthRequest request, Transaction transaction) {
        String value = seal(request, request.names()).seal(write(transaction));
        List<SetCookie> cookies = new ArrayList<>();
        cookies.add(new SetCookie(
                TransactionName.of(request.names(), transaction.state().reveal()),
                value,
                CookieNames.FACADE_PATH,
                request.names().secure(),
                OptionalLong.of(lifetime.toSeconds()),
                Optional.of(end(transaction))));
        int count = 1;
        int characters = value.length();
        for (Running running : newestFirst(request)) {
            count++;
            characters += running.characters();
            if (count > MAX_COUNT || characters > MAX_CHARACTERS) {
                cookies.add(cleared(request, running.name()));
            }
        }
        return cookies;
    }

    /** When the transaction expires. */
    Instant end(Transaction transaction) {
        return transaction.startedAt().plus(lifetime);
    }

    /** The transaction of this state, if it belongs to this application. It may have expired. */
    Optional<Transaction> find(AuthRequest request, String state) {
        return request.names().spellings().stream()
                .flatMap(names -> request.cookies().values(TransactionName.of(names, state)).stream()
                        .flatMap(value -> open(request, names, value).stream()))
                .filter(transaction -> transaction.state().equals(new Secret(state)))
                .findFirst();
    }

    List<SetCookie> end(AuthRequest request, Transaction transaction) {
        return request.names().spellings().stream()
                .map(names -> TransactionName.of(names, transaction.state().reveal()))
                .filter(name -> request.cookies().get(name).isPresent())
                .map(name -> cleared(request, name))
                .toList();
    }

    /** @param startedAt long ago for a cookie that does not open */
    private record Running(String name, int characters, Instant startedAt) {

        /** Joins cookies of one name. A planted cookie does not make a sign-in older. */
        Running and(Running other) {
            return new Running(
                    name,
                    characters + other.characters,
                    startedAt.isAfter(other.startedAt) ? startedAt : other.startedAt);
        }
    }

    private List<Running> newestFirst(AuthRequest request) {
        Map<String, Running> running = new LinkedHashMap<>();
        for (CookieNames names : request.names().spellings()) {
            for (Cookie cookie : request.cookies().withPrefix(names.transaction())) {
                // Others were not made here; their names could hold what no answer may repeat.
                String id = cookie.name().substring(names.transaction().length());
                Optional<Transaction> opened =
                        ID.matcher(id).matches() ? open(request, names, cookie.value()) : Optional.empty();
                if (opened.isPresent()
                        || request.names().own(names) && ID.matcher(id).matches()) {
                    Instant startedAt = opened.map(Transaction::startedAt).orElse(Instant.MIN);
                    running.merge(
                            cookie.name(),
                            new Running(cookie.name(), cookie.value().length(), startedAt),
                            Running::and);
                }
            }
        }
        return running.values().stream()
                .sorted(Comparator.comparing(Running::startedAt).reversed())
                .toList();
    }

    private SetCookie cleared(AuthRequest request, String name) {
        return SetCookie.cleared(name, CookieNames.FACADE_PATH, request.names().secure());
    }

    private Seal seal(AuthRequest request, CookieNames names) {
        return seals.transaction(request.keyHolder(), names.transaction());
    }

    private Optional<Transaction> open(AuthRequest request, CookieNames names, String value) {
        return seal(request, names).open(value).flatMap(TransactionCookies::read);
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

    /** A cookie that opens was sealed here. Unreadable content is a bug, not an attack. */
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
