package io.github.multiclientauth.testbed.provider.auth0;

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

/** One tenant of Auth0, with the parts that a sign-in needs. */
public final class StandInAuth0 {

    /** The tenant's host. */
    public static final String TENANT = "demo-tenant.eu.auth0.com";

    /** The tenant's issuer, including the slash at its end. */
    public static final String ISSUER = Auth0Discovery.issuer(TENANT);

    private static final String ALIAS = "auth0";
    private static final CodeStyle CODE = new CodeStyle("", CodeStyle.URL_SAFE, 43, Duration.ofMinutes(10));
    private static final CodeStyle ACCESS_TOKEN = new CodeStyle("", CodeStyle.URL_SAFE, 64, Duration.ofDays(1));
    private static final IdTokenStyle ID_TOKEN = new IdTokenStyle(ISSUER, Duration.ofHours(10), true, false, false);

    private final Facts<Auth0Facts> facts = new Facts<>(Auth0Facts::usual);
    private final Auth0Profile profile;
    private final StandIn standIn;

    /** @param publicAddress the address of the providers for browsers that do not use the real host names */
    public StandInAuth0(Vertx vertx, People people, URI publicAddress, Clock clock) {
        Ledger ledger =
                new Ledger("Auth0", people, CallbackRule.ANY, Failure.WITH_ID_TOKENS, CODE, ACCESS_TOKEN, clock);
        Pictures pictures = new Pictures(ALIAS, people, publicAddress.resolve("/" + ALIAS));
        profile = new Auth0Profile(facts, pictures);
        SigningKey key = SigningKey.draw();
        Consent consent = new Consent(
                new Auth0Consent(facts),
                ledger,
                pictures,
                request -> request.scopes().contains(Auth0Profile.OFFLINE));
        TokenEndpoint tokens =
                new TokenEndpoint(new Auth0Tokens(profile), ledger, Optional.of(new IdTokens(ID_TOKEN, key, ledger)));
        ProfileEndpoint userinfo = new ProfileEndpoint(profile, ledger);
        Router pages = Site.pages(vertx, Auth0Discovery.AUTHORIZE, consent, pictures);
        Router tenant = Site.pages(vertx, Auth0Discovery.AUTHORIZE, consent, pictures, router -> {
            router.get(Auth0Discovery.PATH).handler(Auth0Discovery.document(TENANT)::answer);
            router.get(Auth0Discovery.KEYS).handler(key::answer);
            router.post(Auth0Discovery.TOKEN).handler(tokens::answer);
            router.get(Auth0Discovery.USERINFO).handler(userinfo::answer);
            router.post(Auth0Discovery.USERINFO).handler(userinfo::answer);
        });
        standIn = new StandIn(ALIAS, Auth0Discovery.AUTHORIZE, ledger, Map.of(TENANT, tenant), pages);
    }

    /** Data that only the tenant has about people. */
    public Facts<Auth0Facts> facts() {
        return facts;
    }

    /** The tenant's id for {@code person}. It is the same for each of its applications. */
    public String subject(Person person) {
        return profile.subject(person);
    }

    public StandIn standIn() {
        return standIn;
    }
}
