package io.github.multiclientauth.extension;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address, as it is compared: upper and lower case of ASCII letters are the same, and nothing else is.
 *
 * <p>{@code String.equalsIgnoreCase} and {@code toLowerCase} know more: the Kelvin sign, U+212A, becomes a {@code k} there, and the
 * mailbox of one person that of another.
 *
 * @see <a href="https://nvd.nist.gov/vuln/detail/CVE-2019-19844">CVE-2019-19844</a>
 */
public record EmailAddress(String text) {

    private static final Pattern ASCII_CAPITALS = Pattern.compile("[A-Z]+");

    /** @param text {@code null} or blank where there is no address */
    public static Optional<EmailAddress> of(String text) {
        return Optional.ofNullable(text).filter(some -> !some.isBlank()).map(EmailAddress::new);
    }

    /** Whether both are one mailbox. */
    public boolean isSameAs(String other) {
        return other != null && folded(text).equals(folded(other));
    }

    /** Whether it is safe to act on without a question: whatever is not ASCII may look like another one, or become it somewhere. */
    public boolean isAscii() {
        return text.chars().allMatch(character -> character < 0x80);
    }

    /** Whether it is still the same after Keycloak has stored it, which lower-cases letters of all scripts. */
    public boolean isKeptByKeycloak() {
        return text.toLowerCase(Locale.ROOT).equals(folded(text));
    }

    private static String folded(String address) {
        return ASCII_CAPITALS.matcher(address).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
    }
}
