package io.github.multiclientauth.testbed.provider.facebook;

import io.github.multiclientauth.testbed.provider.Person;

/**
 * What only Facebook knows about a person.
 *
 * @param hasEmail many registered with a telephone number
 */
public record FacebookFacts(boolean hasEmail) {

    static FacebookFacts usual(Person person) {
        return new FacebookFacts(!person.login().equals("hubot"));
    }
}
