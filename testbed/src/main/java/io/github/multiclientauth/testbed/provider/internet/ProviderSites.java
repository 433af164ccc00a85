package io.github.multiclientauth.testbed.provider.internet;

import io.github.multiclientauth.testbed.provider.People;
import io.github.multiclientauth.testbed.provider.auth0.StandInAuth0;
import io.github.multiclientauth.testbed.provider.facebook.StandInFacebook;
import io.github.multiclientauth.testbed.provider.github.StandInGitHub;
import io.github.multiclientauth.testbed.provider.google.StandInGoogle;
import io.github.multiclientauth.testbed.provider.linkedin.StandInLinkedIn;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stand-in providers as sites without a server. The server decides at which addresses they are. */
public final class ProviderSites {

    private final Vertx vertx;
    private final People people = People.usual();
    private final StandInGitHub gitHub;
    private final StandInGoogle google;
    private final StandInFacebook facebook;
    private final StandInLinkedIn linkedIn;
    private final StandInAuth0 auth0;

    /**
     * Creates the sites without any registered app.
     *
     * @param address the address of {@link #plain} for browsers
     */
    public ProviderSites(Vertx vertx, URI address, Clock clock) {
        this.vertx = vertx;
        gitHub = new StandInGitHub(vertx, people, address, clock);
        google = new StandInGoogle(vertx, people, address, clock);
        facebook = new StandInFacebook(vertx, people, address, clock);
        linkedIn = new StandInLinkedIn(vertx, people, address, clock);
        auth0 = new StandInAuth0(vertx, people, address, clock);
    }

    /** All stand-ins. */
    public List<StandIn> all() {
        return List.of(gitHub.standIn(), google.standIn(), facebook.standIn(), linkedIn.standIn(), auth0.standIn());
    }

    /** The pages for browsers, each below its alias. */
    public Router plain() {
        Router plain = Router.router(vertx);
        for (StandIn standIn : all()) {
            plain.route("/" + standIn.alias() + "/*").subRouter(standIn.pages());
        }
        // Only GitHub's addresses can be set in Keycloak, as a base URL without a path.
        plain.route("/*").subRouter(gitHub.everything());
        return plain;
    }

    /** The sites for Keycloak, by real host name. */
    Map<String, Router> byHost() {
        Map<String, Router> byHost = new HashMap<>();
        all().forEach(standIn -> byHost.putAll(standIn.hosts()));
        return Map.copyOf(byHost);
    }

    /** The sites for one listener, which chooses by the {@code Host} header. */
    public Handler<HttpServerRequest> atRealHosts() {
        return RealHosts.byName(byHost());
    }

    People people() {
        return people;
    }

    StandInGitHub gitHub() {
        return gitHub;
    }

    StandInGoogle google() {
        return google;
    }

    StandInFacebook facebook() {
        return facebook;
    }

    StandInLinkedIn linkedIn() {
        return linkedIn;
    }

    StandInAuth0 auth0() {
        return auth0;
    }
}
