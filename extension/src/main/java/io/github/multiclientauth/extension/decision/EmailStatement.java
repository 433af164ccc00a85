package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.EmailAddress;
import java.util.Optional;

/**
 * What a provider said of a person's e-mail address, in an ID token or a user profile.
 *
 * @param email the address that it said
 * @param verified what it said of that address; empty if it says nothing of the kind
 */
public record EmailStatement(Optional<String> email, Optional<Boolean> verified) {

    /**
     * Whether it is about this address. What stands in the profile form, or comes from a mapper, is not the provider's word.
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
