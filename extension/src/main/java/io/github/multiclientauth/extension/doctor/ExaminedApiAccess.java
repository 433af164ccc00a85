package io.github.multiclientauth.extension.doctor;

import java.util.List;

/**
 * What is wrong with the mapper <em>API access</em> of a client.
 *
 * @param unusable what is entered for <em>Tokens for</em> and is no choice
 * @param unknownAudiences audiences that are no client of the realm
 * @param missingScopes scopes that no session of the client can have
 * @param certificateBound whether the client gets tokens, and has them bound to a TLS certificate
 */
public record ExaminedApiAccess(
        List<String> unusable, List<String> unknownAudiences, List<String> missingScopes, boolean certificateBound) {

    /** Nothing is wrong, or there is no such mapper. */
    public static final ExaminedApiAccess FINE = new ExaminedApiAccess(List.of(), List.of(), List.of(), false);

    public ExaminedApiAccess {
        unusable = List.copyOf(unusable);
        unknownAudiences = List.copyOf(unknownAudiences);
        missingScopes = List.copyOf(missingScopes);
    }
}
