package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.origin.Origin;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The address that the browser goes to in the end: an absolute URL, always on the origin of the request.
 *
 * <p>The rule is Auth.js' default {@code redirect} callback. Origins are compared after parsing.
 *
 * @param value ASCII without control characters, so that nothing can be smuggled into a {@code Location}
 */
public record CallbackUrl(String value) {

    /** In characters, when it is written in ASCII. A longer one does not fit into a cookie. */
    public static final int MAX_LENGTH = 2048;

    /** The part after the last colon is no number, which no parser accepts as a URL. */
    private static final Pattern BROKEN_PORT =
            Pattern.compile("https?://[^@\\\\]*:(?![0-9]*$)[^@\\\\\\]:]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern URL_WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /**
     * Decides where a requested URL leads.
     *
     * @param requested as given; empty means the origin itself
     * @param origin of the request, which replaces URLs of other origins
     * @return empty if the text cannot be meant as a URL, has control characters, or {@link #isTooLong}
     */
    public static Optional<CallbackUrl> resolve(String requested, Origin origin) {
        if (requested.isEmpty() || hasLoneSurrogate(requested)) {
            return Optional.of(home(origin));
        }
        if (isTooLong(requested) || hasControlCharacter(requested)) {
            return Optional.empty();
        }
        if (requested.charAt(0) == '/') {
            return Optional.of(new CallbackUrl(origin + AsciiUrl.encode(requested)));
        }
        if (isWebUrl(requested)) {
            return webUrl(requested, origin);
        }
        return URL_WITH_SCHEME.matcher(requested).matches() ? Optional.of(home(origin)) : Optional.empty();
    }

    /** Whether a text would be more than {@value #MAX_LENGTH} characters long when it is written in ASCII. */
    public static boolean isTooLong(String requested) {
        // Each character becomes at least one: a very long text need not be encoded to know that.
        return requested.length() > MAX_LENGTH || AsciiUrl.encode(requested).length() > MAX_LENGTH;
    }

    /** Whether a text starts like a web URL or a path, and not like {@code javascript:}. */
    public static boolean isWebUrlOrPath(String requested) {
        return requested.isEmpty() || requested.charAt(0) == '/' || isWebUrl(requested);
    }

    /** The origin itself. */
    public static CallbackUrl home(Origin origin) {
        return new CallbackUrl(origin.toString());
    }

    /** The same address with this parameter, and no other one of that name. */
    public CallbackUrl with(String name, String parameter) {
        int hash = value.indexOf('#');
        String fragment = hash < 0 ? "" : value.substring(hash);
        String[] address =
                value.substring(0, value.length() - fragment.length()).split("\\?", 2);
        String query = Stream.concat(
                        Stream.of(address).skip(1).flatMap(text -> Stream.of(text.split("&"))),
                        Stream.of(name + "=" + parameter))
                .filter(pair -> !pair.isEmpty())
                .filter(pair -> pair.equals(name + "=" + parameter) || !(pair + "=").startsWith(name + "="))
                .distinct()
                .collect(Collectors.joining("&"));
        return new CallbackUrl(address[0] + "?" + query + fragment);
    }

    /** The origin that it leads to. */
    public Origin origin() {
        return originOf(value).orElseThrow();
    }

    /** The origin of a web URL. Empty for any other text. */
    public static Optional<Origin> originOf(String url) {
        return schemeAndAuthority(url).flatMap(KnownOrigins::parse);
    }

    /** The scheme and authority of a web URL, unparsed. Empty for any other text. */
    private static Optional<String> schemeAndAuthority(String url) {
        int slashes = url.indexOf(':') + 1;
        return isWebUrl(url) && url.startsWith("//", slashes)
                ? Optional.of(url.substring(0, endOfAuthority(url, slashes + 2)))
                : Optional.empty();
    }

    /** Checks scheme and authority only: the rest may have characters that browsers accept and java.net.URI does not. */
    private static Optional<CallbackUrl> webUrl(String requested, Origin origin) {
        Optional<String> text = schemeAndAuthority(requested);
        if (text.isEmpty()) {
            return Optional.of(home(origin));
        }
        String schemeAndAuthority = text.get();
        Optional<Origin> named = KnownOrigins.parse(schemeAndAuthority);
        if (named.isPresent()) {
            return Optional.of(named.get().equals(origin) ? withOrigin(schemeAndAuthority, requested) : home(origin));
        }
        return BROKEN_PORT.matcher(schemeAndAuthority).matches() ? Optional.empty() : Optional.of(home(origin));
    }

    /** Keeps the spelling of the origin, unless it is an internationalised one: percent signs would make it another host. */
    private static CallbackUrl withOrigin(String written, String requested) {
        String ascii = AsciiUrl.encode(written).equals(written)
                ? written
                : KnownOrigins.parse(written).orElseThrow().toString();
        return new CallbackUrl(ascii + AsciiUrl.encode(requested.substring(written.length())));
    }

    private static int endOfAuthority(String url, int begin) {
        for (int i = begin; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return url.length();
    }

    private static boolean isWebUrl(String text) {
        int colon = text.indexOf(':');
        if (colon != 4 && colon != 5) {
            return false;
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        return scheme.equals("http") || scheme.equals("https");
    }

    private static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return value;
    }
}
