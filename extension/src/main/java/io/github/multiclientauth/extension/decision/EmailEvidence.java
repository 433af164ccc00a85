package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.EmailAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a provider's statements about an e-mail address prove.
 *
 * @param address the e-mail address with which the person would get an account
 * @param statements what the provider said
 * @param providerTrusted whether the administrator trusts the provider for this. Others who run a provider of the realm
 *     could call any address verified
 */
public record EmailEvidence(String address, List<EmailStatement> statements, boolean providerTrusted) {

    /** Whether the address is proved without a question to the person. */
    public boolean provesAddress() {
        return providerTrusted
                && EmailAddress.of(address).filter(EmailAddress::isAscii).isPresent()
                && isVerifiedAtProvider();
    }

    private boolean isVerifiedAtProvider() {
        List<EmailStatement> relevant = statements.stream()
                .filter(statement -> statement.isAbout(address))
                .toList();
        if (relevant.stream().anyMatch(statement -> statement.verified().equals(Optional.of(false)))) {
            return false;
        }
        // A trusted provider that says nothing gives verified addresses only.
        return !relevant.isEmpty();
    }

    /**
     * A provider's statement about a person's e-mail address, in an ID token or a user profile.
     *
     * @param email the address
     * @param verified whether the provider calls it verified; empty if it does not say
     */
    public record EmailStatement(Optional<String> email, Optional<Boolean> verified) {

        /**
         * Whether the statement is about this address. An address from the profile form or from a mapper is no
         * statement of the provider.
         */
        public boolean isAbout(String address) {
            return EmailAddress.of(address)
                    .filter(wanted -> email.filter(wanted::isSameAs).isPresent())
                    .isPresent();
        }

        /** @param verified as text, since some providers send {@code "true"}; anything else is not verified */
        public static EmailStatement of(String email, String verified) {
            return new EmailStatement(
                    Optional.ofNullable(email), Optional.ofNullable(verified).map(Boolean::parseBoolean));
        }
    }
}
