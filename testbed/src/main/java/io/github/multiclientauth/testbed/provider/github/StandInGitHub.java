package io.github.multiclientauth.testbed.provider.github;

import io.github.multiclientauth.testbed.provider.People;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.CallbackRule;
import io.github.multiclientauth.testbed.provider.oauth.CodeStyle;
import io.github.multiclientauth.testbed.provider.oauth.Consent;
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
import java.util.function.Consumer;

/** GitHub's web site and its API, with the parts that a sign-in needs. */
public final class StandInGitHub {

    private static final String ALIAS = "github";
    private static final String AUTHORIZE = "/login/oauth/authorize";

    /** GitHub: "The temporary code will expire after 10 minutes." */
    private static final CodeStyle CODE = new CodeStyle("", CodeStyle.HEXADECIMAL, 20, Duration.ofMinutes(10));

    /** Tokens of OAuth apps do not expire unless they are not used for a year. */
    private static final CodeStyle ACCESS_TOKEN =
            new CodeStyle("gho_", CodeStyle.ALPHANUMERIC, 36, Duration.ofDays(365));

    private final Pictures pictures;
    private final StandIn standIn;
    private final Router everything;

    /** @param publicAddress the address of the providers for browsers that do not use the real host names */
    public StandInGitHub(Vertx vertx, People people, URI publicAddress, Clock clock) {
        Ledger ledger =
                new Ledger("GitHub", people, CallbackRule.ONE, Failure.WITHOUT_ID_TOKENS, CODE, ACCESS_TOKEN, clock);
        pictures = new Pictures(ALIAS, people, publicAddress.resolve("/" + ALIAS));
        GitHubUser user = new GitHubUser(pictures);
        Consent consent = new Consent(new GitHubConsent(), ledger, pictures, request -> false);
        TokenEndpoint tokens = new TokenEndpoint(new GitHubTokens(), ledger, Optional.empty());
        ProfileEndpoint profile = new ProfileEndpoint(new GitHubApi(user::profile), ledger);
        ProfileEndpoint emails = new ProfileEndpoint(new GitHubApi(user::emails), ledger);
        Consumer<Router> redeem =
                router -> router.post("/login/oauth/access_token").handler(tokens::answer);
        Consumer<Router> api = router -> {
            router.get("/user").handler(profile::answer);
            router.get("/user/emails").handler(emails::answer);
        };
        standIn = new StandIn(
                ALIAS,
                AUTHORIZE,
                ledger,
                Map.of(
                        "github.com",
                        Site.pages(vertx, AUTHORIZE, consent, pictures, redeem),
                        "api.github.com",
                        Site.api(vertx, api)),
                Site.pages(vertx, AUTHORIZE, consent, pictures));
        everything = Site.pages(vertx, AUTHORIZE, consent, pictures, redeem.andThen(api));
    }

    /** The site and the API at one address, for a Keycloak whose provider has it as its base URL and API URL. */
    public Router everything() {
        return everything;
    }

    /** The address of {@code person}'s picture. */
    public String picture(Person person) {
        return pictures.address(person);
    }

    public StandIn standIn() {
        return standIn;
    }
}
