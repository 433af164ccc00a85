package io.github.multiclientauth.testbed.provider.facebook;

import io.github.multiclientauth.testbed.provider.Person;

/**
 * Data that only Facebook has about a person.
 *
 * @param hasEmail false for people who registered with a telephone number
 */
public record FacebookFacts(boolean hasEmail) {

    static FacebookFacts usual(Person person) {
        return new FacebookFacts(!person.login().equals("hubot"));
    }
}
