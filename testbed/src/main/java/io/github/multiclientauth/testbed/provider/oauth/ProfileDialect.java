package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;

/** What is a provider's own about telling who somebody is. */
public interface ProfileDialect {

    Reply refusal(ProfileFault fault);

    Reply profile(Grant grant, Person person, RequestParameters query);
}
