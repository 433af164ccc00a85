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
 * <p>Profiles contain their address below one that any browser reaches, because applications show them to people whose browsers reach the
 * real providers at the real host names.
 */
public final class Pictures {

    /** The route, below the provider's. */
    public static final String ROUTE = "/pictures/:file";

    private final String provider;
    private final People people;
    private final URI publicAddress;

    /** @param publicAddress the address of the provider's pages, without a slash at the end */
    public Pictures(String provider, People people, URI publicAddress) {
        this.provider = provider;
        this.people = people;
        this.publicAddress = publicAddress;
    }

    /** The address of the picture in a profile. */
    public String address(Person person) {
        return publicAddress + path(person);
    }

    String path(Person person) {
        return "/pictures/" + file(person);
    }

    /** A key that does not reveal the account, whose id may differ per app. */
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
