package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.internet.Internet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of what only one provider does, with its own app and person. */
@ExtendWith(Internet.Resolver.class)
public abstract class ProviderTest {

    private final At at;
    protected Internet internet;
    protected Visitor visitor;
    protected RelyingParty app;
    protected Person person;

    protected ProviderTest(At at) {
        this.at = at;
    }

    @BeforeEach
    void arrive(Internet started) {
        internet = started;
        visitor = started.newVisitor();
        app = new RelyingParty(at, Internet.APP, visitor);
        person = started.newPerson("Jo van Doe");
    }

    /** Another app at the same provider. */
    protected final RelyingParty otherApp() {
        return new RelyingParty(at, Internet.OTHER_APP, visitor);
    }
}
