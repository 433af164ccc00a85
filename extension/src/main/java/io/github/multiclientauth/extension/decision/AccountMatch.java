package io.github.multiclientauth.extension.decision;

/**
 * An existing account that may be the one of the person who has just signed in at a provider.
 *
 * @param byEmail whether both have the same e-mail address, and not only the same user name, which can be chosen freely
 * @param accountVerified whether the account's owner has proved to receive e-mail there
 * @param evidence what the provider says about the e-mail address with which the person would be linked
 * @param otherProof whether the owner has any way to prove that the account is theirs
 */
public record AccountMatch(boolean byEmail, boolean accountVerified, EmailEvidence evidence, boolean otherProof) {

    /** How the sign-in goes on. */
    public enum Outcome {
        /** The account is the person's, beyond doubt. */
        LINK,
        /** The owner is asked. */
        CONFIRM,
        /** The owner would be asked for a proof that they do not have. */
        NO_WAY
    }

    /**
     * Links only where the provider proves the address and the account has proved it too. An unverified account could be a trap that
     * somebody else has prepared for the owner of the address. An unverified address at the provider may not be the person's.
     */
    public Outcome outcome() {
        if (byEmail && accountVerified && evidence.provesAddress()) {
            return Outcome.LINK;
        }
        // A person who only has the user name of another account chooses a different one on Keycloak's page.
        return byEmail && !otherProof ? Outcome.NO_WAY : Outcome.CONFIRM;
    }
}
