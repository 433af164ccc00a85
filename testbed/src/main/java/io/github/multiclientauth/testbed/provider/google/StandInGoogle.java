package io.github.multiclientauth.testbed.provider.google;

import io.github.multiclientauth.testbed.provider.People;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.CallbackRule;
import io.github.multiclientauth.testbed.provider.oauth.CodeStyle;
import io.github.multiclientauth.testbed.provider.oauth.Consent;
import io.github.multiclientauth.testbed.provider.oauth.Facts;
import io.github.multiclientauth.testbed.provider.oauth.Failure;
import io.github.multiclientauth.testbed.provider.oauth.IdTokenStyle;
import io.github.multiclientauth.testbed.provider.oauth.IdTokens;
import io.github.multiclientauth.testbed.provider.oauth.Ledger;
import io.github.multiclientauth.testbed.provider.oauth.Pictures;
import io.github.multiclientauth.testbed.provider.oauth.ProfileEndpoint;
import io.github.multiclientauth.testbed.provider.oauth.SigningKey;
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

/** Google's four hosts, with the parts that a sign-in needs. */
public final class StandInGoogle {

    static final String ISSUER = "https://accounts.google.com";

    private static final String ALIAS = "google";
    private static final String AUTHORIZE = "/o/oauth2/v2/auth";
    private static final CodeStyle CODE = new CodeStyle("4/0A", CodeStyle.URL_SAFE, 70, Duration.ofMinutes(10));
    private static final CodeStyle ACCESS_TOKEN =
            new CodeStyle("ya29.a0", CodeStyle.URL_SAFE, 160, Duration.ofSeconds(3599));
    private static final IdTokenStyle ID_TOKEN = new IdTokenStyle(ISSUER, Duration.ofHours(1), true, true, true);

    private final Facts<GoogleFacts> facts = new Facts<>(GoogleFacts::usual);
    private final StandIn standIn;

    /** @param publicAddress the address of the providers for browsers that do not use the real host names */
    public StandInGoogle(Vertx vertx, People people, URI publicAddress, Clock clock) {
        Ledger ledger = new Ledger(
                "Google", people, CallbackRule.HTTPS_OR_LOOPBACK, Failure.WITH_ID_TOKENS, CODE, ACCESS_TOKEN, clock);
        Pictures pictures = new Pictures(ALIAS, people, publicAddress.resolve("/" + ALIAS));
        GoogleProfile profile = new GoogleProfile(facts, pictures);
        SigningKey key = SigningKey.draw();
        Consent consent = new Consent(
                new GoogleConsent(facts),
                ledger,
                pictures,
                request -> "offline".equals(request.parameters().get("access_type")));
        TokenEndpoint tokens =
                new TokenEndpoint(new GoogleTokens(profile), ledger, Optional.of(new IdTokens(ID_TOKEN, key, ledger)));
        ProfileEndpoint userinfo = new ProfileEndpoint(profile, ledger);
        Router pages = Site.pages(vertx, AUTHORIZE, consent, pictures);
        Map<String, Router> hosts = Map.of(
                "accounts.google.com",
                pages,
                "oauth2.googleapis.com",
                Site.api(vertx, router -> router.post("/token").handler(tokens::answer)),
                "openidconnect.googleapis.com",
                Site.api(vertx, router -> {
                    router.get("/v1/userinfo").handler(userinfo::answer);
                    router.post("/v1/userinfo").handler(userinfo::answer);
                }),
                "www.googleapis.com",
                Site.api(vertx, router -> router.get("/oauth2/v3/certs").handler(key::answer)));
        standIn = new StandIn(ALIAS, AUTHORIZE, ledger, hosts, pages);
    }

    /** Data that only Google has about people. */
    public Facts<GoogleFacts> facts() {
        return facts;
    }

    /** Google's id for {@code person}. It is the same for every app. */
    public String subject(Person person) {
        return GoogleProfile.subject(person);
    }

    public StandIn standIn() {
        return standIn;
    }
}
