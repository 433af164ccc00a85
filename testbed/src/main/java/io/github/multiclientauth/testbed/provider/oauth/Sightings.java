package io.github.multiclientauth.testbed.provider.oauth;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** All requests to a provider, in order. */
public final class Sightings {

    private final Queue<Sighting> seen = new ConcurrentLinkedQueue<>();

    void note(Sighting.Kind kind, String clientId, String login, Sighting.Credentials credentials) {
        seen.add(new Sighting(kind, clientId == null ? "" : clientId, login, credentials));
    }

    public List<Sighting> all() {
        return List.copyOf(seen);
    }

    /** The requests of the sign-ins of {@code login}. */
    public Stream<Sighting> of(String login) {
        return seen.stream().filter(sighting -> sighting.login().equals(login));
    }
}
