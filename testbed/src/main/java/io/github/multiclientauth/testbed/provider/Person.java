package io.github.multiclientauth.testbed.provider;

import java.util.Optional;

/**
 * Somebody with an account at every provider.
 *
 * @param id the number of the person, which stays when the name is changed; GitHub's id is this, others' derive from it
 * @param login what GitHub and the consent pages call the account
 * @param name many have none
 * @param emailIsPublic at GitHub, whose default is private: {@code /user} then says {@code null}, {@code /user/emails}
 *     the address
 */
public record Person(long id, String login, Optional<String> name, String email, boolean emailIsPublic) {

    public Person named(String newName) {
        return new Person(id, login, Optional.of(newName), email, emailIsPublic);
    }

    /** What is shown where there must be a name. */
    public String displayName() {
        return name.orElse(login);
    }
}
