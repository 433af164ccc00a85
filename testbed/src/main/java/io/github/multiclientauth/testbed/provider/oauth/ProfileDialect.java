package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;
import java.util.Set;

/** The parts of the profile endpoint that differ between providers. */
public interface ProfileDialect {

    /** The accepted schemes of the {@code Authorization} header, in lower case. */
    default Set<String> schemes() {
        return Set.of("bearer");
    }

    /** Whether the token may also be in the query (RFC 6750, section 2.3). */
    default boolean takesTokenInQuery() {
        return false;
    }

    Reply refusal(ProfileFault fault);

    Reply profile(Grant grant, Person person, RequestParameters query);
}
