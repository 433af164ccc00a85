package io.github.multiclientauth.extension;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address. Only the case of ASCII letters is ignored when two are compared.
 *
 * <p>{@code String.equalsIgnoreCase} and {@code toLowerCase} ignore more. They turn the Kelvin sign, U+212A, into a
 * {@code k}, so that one person's mailbox would become another's.
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

    /**
     * Whether the address is ASCII only, so that it is safe to act on without asking. Other characters may look like
     * ASCII, or be changed to it somewhere.
     */
    public boolean isAscii() {
        return text.chars().allMatch(character -> character < 0x80);
    }

    /** Whether Keycloak stores the address unchanged. It lower-cases letters of all scripts. */
    public boolean isKeptByKeycloak() {
        return text.toLowerCase(Locale.ROOT).equals(folded(text));
    }

    private static String folded(String address) {
        return ASCII_CAPITALS.matcher(address).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
    }
}
