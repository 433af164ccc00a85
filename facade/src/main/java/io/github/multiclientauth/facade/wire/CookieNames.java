package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of an application's cookies, as Auth.js 5 has them.
 *
 * <p>Where a host name serves several clients, {@code <clientId>.} comes before {@code authjs.}: cookies ignore ports.
 * The browser's own prefixes ({@code __Secure-}, {@code __Host-}) still come first, else they would mean nothing to it.
 *
 * <p>Another client may enter a host name at any time, or leave it. So cookies are read under both spellings, and written
 * under the one that the directory asks for now.
 *
 * <p>Every request needs them: where nothing has to be told apart they are two sets, made once.
 */
public final class CookieNames {

    private static final Pattern NOT_IN_A_COOKIE_NAME = Pattern.compile("[^A-Za-z0-9!#$&'*.^_`|~-]");

    /** Cookies that applications and their pages' requests carry. */
    public static final String SITE_PATH = "/";

    /** Cookies of the facade alone. */
    public static final String FACADE_PATH = Route.BASE_PATH;

    /** What the name of a transaction's cookie has before its id, whoever's it is. */
    public static final String TRANSACTION = ".authjs.transaction.";

    private static final String SECURE_PREFIX = "__Secure-";
    private static final Pattern ESCAPE = Pattern.compile("!([0-9a-f]{1,6})!");

    /** What the name of a cookie has if it begins with a client, and never otherwise. */
    private static final String OF_A_CLIENT = ".authjs.";

    private static final CookieNames PLAIN = new CookieNames("", false, null);
    private static final CookieNames SECURE = new CookieNames("", true, null);

    private final boolean secure;
    private final boolean ofClient;
    private final List<CookieNames> spellings;
    private final String session;
    private final String refresh;
    private final String csrf;
    private final String callbackUrl;
    private final String transaction;

    /** @param other null if no cookie can have the other spelling */
    private CookieNames(String application, boolean secure, CookieNames other) {
        this.secure = secure;
        this.ofClient = !application.isEmpty();
        this.spellings = other == null ? List.of(this) : List.of(this, other);
        this.session = prefixed("__Secure-", application, "session-token");
        this.refresh = prefixed("__Secure-", application, "refresh-token");
        this.csrf = prefixed("__Host-", application, "csrf-token");
        this.callbackUrl = prefixed("__Secure-", application, "callback-url");
        this.transaction = prefixed("__Secure-", application, "transaction.");
    }

    /**
     * The names for an application at one of its origins.
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
        return escape(recognized.application().clientId().value()) + ".";
    }

    /** These names, and the other spelling if the request may have it. */
    public List<CookieNames> spellings() {
        return spellings;
    }

    /**
     * Whether a cookie of the request with a name of that spelling is this application's, whatever is in it: it names the
     * client, or is what is written now. Any other may belong to another client on the host, unless it opens.
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

    public String refresh() {
        return refresh;
    }

    public String csrf() {
        return csrf;
    }

    public String callbackUrl() {
        return callbackUrl;
    }

    /** What the name of every transaction cookie begins with. */
    public String transaction() {
        return transaction;
    }

    private String prefixed(String prefix, String application, String name) {
        return (secure ? prefix : "") + application + "authjs." + name;
    }

    /** The client whose transaction a cookie of this name is; empty if the name tells none. */
    public static Optional<String> clientOf(String transactionCookie) {
        int end = transactionCookie.lastIndexOf(TRANSACTION);
        int start = transactionCookie.startsWith(SECURE_PREFIX) ? SECURE_PREFIX.length() : 0;
        if (end <= start) {
            return Optional.empty();
        }
        String escaped = transactionCookie.substring(start, end);
        String clientId = ESCAPE.matcher(escaped).replaceAll(match -> {
            int code = Integer.parseInt(match.group(1), 16);
            return Character.isValidCodePoint(code) ? Matcher.quoteReplacement(Character.toString(code)) : "";
        });
        // Only the one spelling that is written.
        return escape(clientId).equals(escaped) ? Optional.of(clientId) : Optional.empty();
    }

    /** Injective: what is not allowed in a cookie name becomes its code between two {@code !}. */
    private static String escape(String clientId) {
        return NOT_IN_A_COOKIE_NAME
                .matcher(clientId.replace("!", "!21!"))
                .replaceAll(match -> "!" + Integer.toHexString(match.group().codePointAt(0)) + "!");
    }
}
