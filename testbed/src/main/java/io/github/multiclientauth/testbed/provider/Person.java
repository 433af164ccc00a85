package io.github.multiclientauth.testbed.provider;

import java.util.Optional;

/**
 * Somebody with a GitHub account.
 *
 * @param id GitHub's number, which stays when the login is changed
 * @param name as on the profile; many have none
 * @param emailIsPublic GitHub's default is private: {@code /user} then says {@code null}, {@code /user/emails} the address
 */
public record Person(long id, String login, Optional<String> name, String email, boolean emailIsPublic) {

    public Person named(String newName) {
        return new Person(id, login, Optional.of(newName), email, emailIsPublic);
    }

    /** What GitHub shows where it needs a name. */
    public String displayName() {
        return name.orElse(login);
    }

    /** The page that is sent to people who must choose says why this account is interesting. */
    public String remark() {
        if (name.isEmpty()) {
            return "has no name";
        }
        return emailIsPublic ? email : "keeps the e-mail address private";
    }
}
