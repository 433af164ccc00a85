package io.github.multiclientauth.testbed.provider.google;

import io.github.multiclientauth.testbed.provider.Person;
import java.util.Optional;

/**
 * Data that only Google has about a person.
 *
 * @param hostedDomain the Workspace domain the account belongs to; private accounts have none, whatever their address
 */
public record GoogleFacts(Optional<String> hostedDomain, boolean emailVerified) {

    /** Grace works for an organisation with mail at Google. The others have private accounts. */
    static GoogleFacts usual(Person person) {
        return new GoogleFacts(person.login().equals("grace") ? Optional.of("example.com") : Optional.empty(), true);
    }
}
