package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.People;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** The data of one provider. Its endpoints share it, and tests read and change it. */
public final class Ledger {

    /** A lifetime that counts as unlimited, with room for clocks that tests set. */
    private static final Duration UNTIL_REVOKED = Duration.ofDays(3650);

    private final String provider;
    private final RegisteredApps apps;
    private final People people;
    private final Failures failures;
    private final Holds holds = new Holds();
    private final Sightings sightings = new Sightings();
    private final HandedOut handedOut = new HandedOut();
    private final Codes codes;
    private final Tokens accessTokens;
    private final Tokens refreshTokens;
    private final Clock clock;

    /** @param provider the provider's name */
    public Ledger(
            String provider,
            People people,
            CallbackRule callbackRule,
            Set<Failure> possibleFailures,
            CodeStyle code,
            CodeStyle accessToken,
            Clock clock) {
        this.provider = provider;
        this.apps = new RegisteredApps(callbackRule);
        this.people = people;
        this.failures = new Failures(possibleFailures);
        this.codes = new Codes(code, handedOut, clock);
        this.accessTokens = new Tokens(accessToken, handedOut, clock);
        this.refreshTokens = new Tokens(new CodeStyle("1//", CodeStyle.URL_SAFE, 80, UNTIL_REVOKED), handedOut, clock);
        this.clock = clock;
    }

    /** The provider's name. */
    public String provider() {
        return provider;
    }

    public RegisteredApps apps() {
        return apps;
    }

    public People people() {
        return people;
    }

    public Failures failures() {
        return failures;
    }

    public Holds holds() {
        return holds;
    }

    public Sightings sightings() {
        return sightings;
    }

    public HandedOut handedOut() {
        return handedOut;
    }

    /** The lifetime of a code. */
    public Duration codeLifetime() {
        return codes.lifetime();
    }

    /** The lifetime of an access token. */
    public Duration accessTokenLifetime() {
        return accessTokens.lifetime();
    }

    Codes codes() {
        return codes;
    }

    Tokens accessTokens() {
        return accessTokens;
    }

    Tokens refreshTokens() {
        return refreshTokens;
    }

    public Clock clock() {
        return clock;
    }
}
