package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.Seal;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.CookieRoom;
import io.github.multiclientauth.facade.wire.RequestCookies.Cookie;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps sign-ins that have begun, one cookie each, so that several tabs can sign in at once. The {@code state} gives the
 * cookie's name. The content is sealed with a key for this purpose and this application only.
 */
final class TransactionCookies {

    private static final int MAX_COUNT = 10;

    /** More can only be planted, and an answer has to pass through proxies. */
    private static final int MAX_CLEARED = 20;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{12}");

    private final ApplicationSeals seals;
    private final Duration lifetime;

    TransactionCookies(ApplicationSeals seals, Duration lifetime) {
        this.seals = seals;
        this.lifetime = lifetime;
    }

    /** The cookie of a new transaction. Clears the oldest transactions if there is no room for all. */
    List<SetCookie> begin(AuthRequest request, Transaction transaction) {
        SetCookie begun = new SetCookie(
                TransactionName.of(request.names(), transaction.state().reveal()),
                seal(request, request.names()).sealWithoutHeader(TransactionContent.write(transaction)),
                CookieNames.FACADE_PATH,
                request.names().secure(),
                OptionalLong.of(lifetime.toSeconds()),
                Optional.of(end(transaction)));
        return makingRoom(request, List.of(begun));
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
                .flatMap(content -> TransactionContent.read(content, state).stream())
                .findFirst();
    }

    List<SetCookie> end(AuthRequest request, Transaction transaction) {
        return request.names().spellings().stream()
                .map(names -> TransactionName.of(names, transaction.state().reveal()))
                .filter(name -> request.cookies().get(name).isPresent())
                .map(name -> cleared(request, name))
                .toList();
    }

    /** These cookies, and those that clear the oldest transactions if the browser's next request had no room for all. */
    List<SetCookie> makingRoom(AuthRequest request, List<SetCookie> set) {
        Set<String> names = set.stream().map(SetCookie::name).collect(Collectors.toSet());
        List<Running> left = newestFirst(request).stream()
                .filter(each -> !names.contains(each.name()))
                .toList();
        int room = room(request, set, left);
        int count = 0;
        for (SetCookie cookie : set) {
            if (isOfSignIn(request, cookie) && cookie.length() > 0) {
                count++;
                room -= cookie.length();
            }
        }
        List<SetCookie> cleared = new ArrayList<>();
        for (Running each : left) {
            count++;
            room -= each.characters();
            if (count > MAX_COUNT || room < 0) {
                cleared.add(cleared(request, each.name()));
            }
        }
        return Stream.concat(set.stream(), cleared.stream().skip(Math.max(0, cleared.size() - MAX_CLEARED)))
                .toList();
    }

    /** How long all transactions may be together: what the other cookies leave, once the browser has those that are set. */
    private static int room(AuthRequest request, List<SetCookie> set, List<Running> left) {
        Set<String> counted =
                new HashSet<>(Set.of(request.names().csrf(), request.names().callbackUrl()));
        int others = CookieRoom.standing(request.names());
        for (SetCookie cookie : set) {
            counted.add(cookie.name());
            others += isOfSignIn(request, cookie) ? 0 : cookie.length();
        }
        left.forEach(each -> counted.add(each.name()));
        return Math.min(
                CookieRoom.SIGN_INS, CookieRoom.ALL - others - request.cookies().lengthWithout(counted));
    }

    private static boolean isOfSignIn(AuthRequest request, SetCookie cookie) {
        return cookie.name().startsWith(request.names().transaction());
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
                Optional<Instant> startedAt = ID.matcher(id).matches()
                        ? open(request, names, cookie.value()).flatMap(TransactionContent::startedAt)
                        : Optional.empty();
                if (startedAt.isPresent()
                        || request.names().own(names) && ID.matcher(id).matches()) {
                    running.merge(
                            cookie.name(),
                            new Running(cookie.name(), cookie.length(), startedAt.orElse(Instant.MIN)),
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

    /** The version before sealed with a header. */
    private Optional<byte[]> open(AuthRequest request, CookieNames names, String value) {
        Seal seal = seal(request, names);
        return seal.openWithoutHeader(value).or(() -> seal.open(value));
    }
}
