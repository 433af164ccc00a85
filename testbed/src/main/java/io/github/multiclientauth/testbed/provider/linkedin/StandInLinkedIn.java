package io.github.multiclientauth.testbed.provider.linkedin;

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

/** LinkedIn's web site and its API, with the parts that a sign-in needs. */
public final class StandInLinkedIn {

    private static final String ALIAS = "linkedin";
    private static final CodeStyle CODE = new CodeStyle("AQ", CodeStyle.URL_SAFE, 120, Duration.ofMinutes(30));
    private static final CodeStyle ACCESS_TOKEN = new CodeStyle("AQ", CodeStyle.URL_SAFE, 320, Duration.ofDays(60));
    private static final IdTokenStyle ID_TOKEN =
            new IdTokenStyle(LinkedInDiscovery.ISSUER, Duration.ofHours(1), false, false, false);

    private final Facts<LinkedInFacts> facts = new Facts<>(person -> new LinkedInFacts(true));
    private final StandIn standIn;

    /** @param publicAddress the address of the providers for browsers that do not use the real host names */
    public StandInLinkedIn(Vertx vertx, People people, URI publicAddress, Clock clock) {
        Ledger ledger =
                new Ledger("LinkedIn", people, CallbackRule.ANY, Failure.WITHOUT_NONCE, CODE, ACCESS_TOKEN, clock);
        Pictures pictures = new Pictures(ALIAS, people, publicAddress.resolve("/" + ALIAS));
        LinkedInProfile profile = new LinkedInProfile(facts, pictures);
        SigningKey key = SigningKey.draw();
        Consent consent = new Consent(new LinkedInConsent(), ledger, pictures, request -> false);
        TokenEndpoint tokens = new TokenEndpoint(
                new LinkedInTokens(profile), ledger, Optional.of(new IdTokens(ID_TOKEN, key, ledger)));
        ProfileEndpoint userinfo = new ProfileEndpoint(profile, ledger);
        Router pages = Site.pages(vertx, LinkedInDiscovery.AUTHORIZATION, consent, pictures);
        Router site = Site.pages(vertx, LinkedInDiscovery.AUTHORIZATION, consent, pictures, router -> {
            router.get(LinkedInDiscovery.PATH).handler(LinkedInDiscovery.document()::answer);
            router.get(LinkedInDiscovery.KEYS).handler(key::answer);
            router.post(LinkedInDiscovery.TOKEN).handler(tokens::answer);
        });
        Router api =
                Site.api(vertx, router -> router.get(LinkedInDiscovery.USERINFO).handler(userinfo::answer));
        standIn = new StandIn(
                ALIAS,
                LinkedInDiscovery.AUTHORIZATION,
                ledger,
                Map.of(LinkedInDiscovery.HOST, site, LinkedInDiscovery.API_HOST, api),
                pages);
    }

    /** Data that only LinkedIn has about people. */
    public Facts<LinkedInFacts> facts() {
        return facts;
    }

    /** LinkedIn's id for {@code person} at the app with this client id. */
    public String subject(Person person, String clientId) {
        return LinkedInProfile.subject(person, clientId);
    }

    public StandIn standIn() {
        return standIn;
    }
}
