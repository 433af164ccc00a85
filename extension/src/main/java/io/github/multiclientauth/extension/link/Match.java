package io.github.multiclientauth.extension.link;

import java.util.List;

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
     * The provider's word must prove the address, and the account must have proved it, too. An unverified account could be a trap, made by
     * somebody else for the owner of the address to fall into; an unverified address at the provider could be anybody's.
     */
    Outcome outcome() {
        if (byEmail && accountVerified && new ProviderWord(address, statements, providerTrusted).provesAddress()) {
            return Outcome.LINK;
        }
        // Somebody who only has the user name of another account chooses a different one on Keycloak's page.
        return byEmail && !otherProof ? Outcome.NO_WAY : Outcome.CONFIRM;
    }
}
