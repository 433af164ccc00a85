package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Avatar;
import io.github.multiclientauth.testbed.provider.People;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Optional;

/**
 * The pictures of a provider's people.
 *
 * <p>Profiles name them below an address that any browser reaches: they are shown by applications, to people whose
 * machines know the providers' real host names only as the real ones.
 */
public final class Pictures {

    /** The route, below the provider's. */
    public static final String ROUTE = "/pictures/:file";

    private final String provider;
    private final People people;
    private final URI publicAddress;

    /** @param publicAddress where the provider's pages are, without a slash at the end */
    public Pictures(String provider, People people, URI publicAddress) {
        this.provider = provider;
        this.people = people;
        this.publicAddress = publicAddress;
    }

    /** The address of the picture as a profile says it. */
    public String address(Person person) {
        return publicAddress + path(person);
    }

    String path(Person person) {
        return "/pictures/" + file(person);
    }

    /** Says nothing about the account, whose id may differ per app. */
    private String file(Person person) {
        return AccountId.of(provider + " picture", person.id()).hex(24) + ".svg";
    }

    public void answer(RoutingContext context) {
        Optional<Person> person = people.all().stream()
                .filter(someone -> file(someone).equals(context.pathParam("file")))
                .findFirst();
        if (person.isPresent()) {
            Replies.data(context.response(), 200, "image/svg+xml", Avatar.svg(person.get()));
        } else {
            context.fail(404);
        }
    }
}
