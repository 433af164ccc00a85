package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;
import java.util.Set;

/** What is a provider's own about telling who somebody is. */
public interface ProfileDialect {

    /** The schemes of the {@code Authorization} header that it takes, in lower case. */
    default Set<String> schemes() {
        return Set.of("bearer");
    }

    /** Whether the token may be in the query, too (RFC 6750, section 2.3). */
    default boolean takesTokenInQuery() {
        return false;
    }

    Reply refusal(ProfileFault fault);

    Reply profile(Grant grant, Person person, RequestParameters query);
}
