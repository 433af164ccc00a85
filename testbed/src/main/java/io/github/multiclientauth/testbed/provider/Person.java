package io.github.multiclientauth.testbed.provider;

import java.util.Optional;

/**
 * A person with an account at every provider.
 *
 * @param id the number of the person, which does not change with the name; GitHub uses it as id, other ids derive from it
 * @param login the name of the account at GitHub and on the consent pages
 * @param name empty for the many accounts without a name
 * @param emailIsPublic at GitHub, whose default is private: {@code /user} then says {@code null}, {@code /user/emails}
 *     the address
 */
public record Person(long id, String login, Optional<String> name, String email, boolean emailIsPublic) {

    public Person named(String newName) {
        return new Person(id, login, Optional.of(newName), email, emailIsPublic);
    }

    /** The name to show where a name is required. */
    public String displayName() {
        return name.orElse(login);
    }
}
