package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of an application's cookies, as Auth.js 5 has them.
 *
 * <p>Cookies ignore ports. Where a host name serves several clients, {@code <clientId>.} therefore comes before {@code
 * authjs.}; a hash of it, if it is very long. The browser's own prefixes ({@code __Secure-}, {@code __Host-}) come first, otherwise browsers ignore them.
 *
 * <p>A client may be added to a host name or removed from it at any time. So cookies are read under both spellings, and
 * written under the one that the directory asks for now.
 *
 * <p>Every request needs the names. Where a host name serves one client, they are one of two sets that are made once.
 */
public final class CookieNames {

    private static final Pattern NOT_IN_A_COOKIE_NAME = Pattern.compile("[^A-Za-z0-9!#$&'*.^_`|~-]");

    /** The path of cookies that the application's server gets too. */
    public static final String SITE_PATH = "/";

    /** The path of cookies that only the facade gets. */
    public static final String FACADE_PATH = Route.BASE_PATH;

    /** The part of a transaction cookie's name before its id, for every client. */
    public static final String TRANSACTION = ".authjs.transaction.";

    /** In characters. A longer client id would take more of a header than the values, so it is hashed. */
    private static final int LONGEST_APPLICATION = 100;

    /** The beginning of a hashed client id. An escaped one never begins like this: hexadecimal digits follow its {@code !}. */
    private static final String HASHED = "!~";

    private static final int HASH_BYTES = 16;

    private static final String SECURE_PREFIX = "__Secure-";
    private static final Pattern ESCAPE = Pattern.compile("!([0-9a-f]{1,6})!");

    /** Part of every cookie name that begins with a client, and of no other. */
    private static final String OF_A_CLIENT = ".authjs.";

    private static final CookieNames PLAIN = new CookieNames("", false, null);
    private static final CookieNames SECURE = new CookieNames("", true, null);

    private final boolean secure;
    private final boolean ofClient;
    private final List<CookieNames> spellings;
    private final String session;
    private final String csrf;
    private final String callbackUrl;
    private final String transaction;

    /** @param other null if no cookie of the request can have the other spelling */
    private CookieNames(String application, boolean secure, CookieNames other) {
        this.secure = secure;
        this.ofClient = !application.isEmpty();
        this.spellings = other == null ? List.of(this) : List.of(this, other);
        this.session = prefixed("__Secure-", application, "session-token");
        this.csrf = prefixed("__Host-", application, "csrf-token");
        this.callbackUrl = prefixed("__Secure-", application, "callback-url");
        this.transaction = prefixed("__Secure-", application, "transaction.");
    }

    /**
     * Makes the names for an application at one of its origins.
     *
     * @param cookies of the request, which may have the other spelling
     */
    public static CookieNames of(Recognized recognized, RequestCookies cookies) {
        boolean secure = recognized.host().isSecure();
        CookieNames plain = secure ? SECURE : PLAIN;
        if (recognized.sharedHost()) {
            return new CookieNames(prefix(recognized), secure, plain);
        }
        return cookies.haveNameWith(OF_A_CLIENT)
                ? new CookieNames("", secure, new CookieNames(prefix(recognized), secure, null))
                : plain;
    }

    private static String prefix(Recognized recognized) {
        return nameOf(recognized.application()) + ".";
    }

    /** The client in the names of its cookies. */
    private static String nameOf(Application application) {
        String clientId = application.clientId().value();
        String escaped = escape(clientId);
        return escaped.length() <= LONGEST_APPLICATION
                ? escaped
                : HASHED
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Arrays.copyOf(Sha256.of(clientId), HASH_BYTES));
    }

    /** These names, and the other spelling if the request may have it. */
    public List<CookieNames> spellings() {
        return spellings;
    }

    /**
     * Whether a cookie with a name of that spelling belongs to this application, whatever its content: the name has the client
     * in it, or is the one that is written now. Others may belong to another client on the host, unless they open.
     */
    public boolean own(CookieNames spelling) {
        return spelling == this || spelling.ofClient;
    }

    /** Whether the application is served over TLS. */
    public boolean secure() {
        return secure;
    }

    public String session() {
        return session;
    }

    public String csrf() {
        return csrf;
    }

    public String callbackUrl() {
        return callbackUrl;
    }

    /** The beginning of every transaction cookie's name. */
    public String transaction() {
        return transaction;
    }

    private String prefixed(String prefix, String application, String name) {
        return (secure ? prefix : "") + application + "authjs." + name;
    }

    /** The application whose client is in the name of a transaction cookie. Empty if the name has none, or no such one. */
    public static Optional<Application> applicationOf(String transactionCookie, DirectorySnapshot directory) {
        Optional<String> name = clientIn(transactionCookie);
        return name.filter(text -> text.startsWith(HASHED)).isPresent()
                ? directory.applications().stream()
                        .filter(application -> nameOf(application).equals(name.get()))
                        .findFirst()
                : name.flatMap(CookieNames::unescaped)
                        .filter(ClientId::isClientId)
                        .flatMap(clientId -> directory.application(new ClientId(clientId)));
    }

    private static Optional<String> clientIn(String transactionCookie) {
        int end = transactionCookie.lastIndexOf(TRANSACTION);
        int start = transactionCookie.startsWith(SECURE_PREFIX) ? SECURE_PREFIX.length() : 0;
        return end <= start ? Optional.empty() : Optional.of(transactionCookie.substring(start, end));
    }

    private static Optional<String> unescaped(String escaped) {
        String clientId = ESCAPE.matcher(escaped).replaceAll(match -> {
            int code = Integer.parseInt(match.group(1), 16);
            return Character.isValidCodePoint(code) ? Matcher.quoteReplacement(Character.toString(code)) : "";
        });
        // Accepts only the spelling that the facade writes.
        return escape(clientId).equals(escaped) ? Optional.of(clientId) : Optional.empty();
    }

    /** Replaces each character that a cookie name may not have by its code between two {@code !}. Injective. */
    private static String escape(String clientId) {
        return NOT_IN_A_COOKIE_NAME
                .matcher(clientId.replace("!", "!21!"))
                .replaceAll(match -> "!" + Integer.toHexString(match.group().codePointAt(0)) + "!");
    }
}
