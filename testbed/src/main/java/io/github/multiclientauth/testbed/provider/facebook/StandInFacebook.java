package io.github.multiclientauth.testbed.provider.facebook;

import io.github.multiclientauth.testbed.provider.People;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.CallbackRule;
import io.github.multiclientauth.testbed.provider.oauth.CodeStyle;
import io.github.multiclientauth.testbed.provider.oauth.Consent;
import io.github.multiclientauth.testbed.provider.oauth.Facts;
import io.github.multiclientauth.testbed.provider.oauth.Failure;
import io.github.multiclientauth.testbed.provider.oauth.Ledger;
import io.github.multiclientauth.testbed.provider.oauth.Pictures;
import io.github.multiclientauth.testbed.provider.oauth.ProfileEndpoint;
import io.github.multiclientauth.testbed.provider.oauth.Site;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import io.github.multiclientauth.testbed.provider.oauth.TokenEndpoint;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Facebook's web site and its Graph API, with the parts that a sign-in needs. */
public final class StandInFacebook {

    private static final String ALIAS = "facebook";

    /** The address that Keycloak uses. The real one redirects browsers to {@link #DIALOG}, the documented address. */
    private static final String AUTHORIZE = "/oauth/authorize";

    private static final String DIALOG = "/dialog/oauth";
    private static final CodeStyle CODE = new CodeStyle("AQ", CodeStyle.URL_SAFE, 320, Duration.ofMinutes(10));
    private static final CodeStyle ACCESS_TOKEN =
            new CodeStyle("EAA", CodeStyle.ALPHANUMERIC, 190, Duration.ofDays(60));

    private final Facts<FacebookFacts> facts = new Facts<>(FacebookFacts::usual);
    private final StandIn standIn;

    /** @param publicAddress the address of the providers for browsers that do not use the real host names */
    public StandInFacebook(Vertx vertx, People people, URI publicAddress, Clock clock) {
        Ledger ledger = new Ledger(
                "Facebook",
                people,
                CallbackRule.HTTPS_OR_LOCALHOST,
                Failure.WITHOUT_ID_TOKENS,
                CODE,
                ACCESS_TOKEN,
                clock);
        Pictures pictures = new Pictures(ALIAS, people, publicAddress.resolve("/" + ALIAS));
        Consent consent = new Consent(new FacebookConsent(facts), ledger, pictures, request -> false);
        TokenEndpoint tokens = new TokenEndpoint(new FacebookTokens(), ledger, Optional.empty());
        ProfileEndpoint me = new ProfileEndpoint(new FacebookProfile(facts, pictures), ledger);
        Router pages = Site.pages(vertx, AUTHORIZE, consent, pictures);
        Map<String, Router> hosts = Map.of(
                "www.facebook.com",
                Site.pages(vertx, DIALOG, consent, pictures),
                "graph.facebook.com",
                Site.pages(vertx, AUTHORIZE, consent, pictures, router -> {
                    router.get("/oauth/access_token").handler(tokens::answer);
                    router.post("/oauth/access_token").handler(tokens::answer);
                    router.get("/me").handler(me::answer);
                }));
        standIn = new StandIn(ALIAS, AUTHORIZE, ledger, hosts, pages);
    }

    /** Data that only Facebook has about people. */
    public Facts<FacebookFacts> facts() {
        return facts;
    }

    /** Facebook's id for {@code person} at the app with this client id. */
    public String id(Person person, String clientId) {
        return FacebookProfile.id(person, clientId);
    }

    public StandIn standIn() {
        return standIn;
    }
}
