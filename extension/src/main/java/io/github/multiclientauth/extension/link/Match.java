package io.github.multiclientauth.extension.link;

import java.util.List;
import java.util.Optional;

/**
 * An existing account that looks like that of the person who has just signed in at a provider.
 *
 * @param byEmail whether the e-mail address was what both have in common, not the user name, which anybody can choose
 * @param accountVerified whether the account's owner has proved to receive e-mail there
 * @param address the e-mail address with which the person would be linked
 * @param statements what the provider said
 * @param providerTrusted whether the administrator has chosen the provider for linking without a question
 * @param otherProof whether the owner has any way to prove that the account is theirs
 */
record Match(
        boolean byEmail,
        boolean accountVerified,
        String address,
        List<EmailStatement> statements,
        boolean providerTrusted,
        boolean otherProof) {

    /** How it goes on. */
    enum Outcome {
        /** The account is the person's, beyond doubt. */
        LINK,
        /** The owner is asked. */
        CONFIRM,
        /** The owner would be asked for something that they do not have. */
        NO_WAY
    }

    /**
     * The administrator must have chosen the provider, and both sides must have verified the address: whoever runs another
     * provider of the realm could say of any address that it is verified. An unverified account could be a trap, made by somebody else for the owner
     * of the address to fall into; an unverified address at the provider could be anybody's.
     */
    Outcome outcome() {
        if (byEmail && accountVerified && providerTrusted && isVerifiedAtProvider()) {
            return Outcome.LINK;
        }
        // Somebody who only has the user name of another account chooses a different one on Keycloak's page.
        return byEmail && !otherProof ? Outcome.NO_WAY : Outcome.CONFIRM;
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
}
