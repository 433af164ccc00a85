package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;

/** The profile of the person for whom an access token was issued: OpenID Connect's userinfo, Facebook's {@code /me}. */
public final class ProfileEndpoint {

    private final ProfileDialect dialect;
    private final Ledger ledger;

    public ProfileEndpoint(ProfileDialect dialect, Ledger ledger) {
        this.dialect = dialect;
        this.ledger = ledger;
    }

    public void answer(RoutingContext context) {
        RequestParameters query = RequestParameters.ofQuery(context);
        Optional<String> token = token(context.request().getHeader("Authorization"), query);
        Optional<Grant> grant = token.flatMap(ledger.accessTokens()::find)
                .filter(found -> !ledger.failures().has(found.login(), Failure.PROFILE_REFUSED));
        Optional<Person> person = grant.flatMap(found -> ledger.people().find(found.login()));
        if (person.isEmpty()) {
            dialect.refusal(token.isEmpty() ? ProfileFault.NO_TOKEN : ProfileFault.UNKNOWN_TOKEN)
                    .send(context.response());
            return;
        }
        Grant found = grant.orElseThrow();
        ledger.sightings().note(Sighting.Kind.PROFILE, found.clientId(), found.login(), Sighting.Credentials.NONE);
        ledger.holds()
                .whenFree(
                        context,
                        found.login(),
                        Endpoint.PROFILE,
                        () -> reply(found, person.get(), query).send(context.response()));
    }

    private Optional<String> token(String authorization, RequestParameters query) {
        String[] parts = authorization == null ? new String[0] : authorization.split(" ", 2);
        if (parts.length == 2 && dialect.schemes().contains(parts[0].toLowerCase(Locale.ROOT))) {
            return Optional.of(parts[1].strip());
        }
        return dialect.takesTokenInQuery() ? Optional.ofNullable(query.get("access_token")) : Optional.empty();
    }

    private Reply reply(Grant grant, Person person, RequestParameters query) {
        if (ledger.failures().has(grant.login(), Failure.PROFILE_UNAVAILABLE)) {
            return Reply.unavailable();
        }
        Reply profile = dialect.profile(grant, person, query);
        return ledger.failures().has(grant.login(), Failure.PROFILE_MALFORMED) ? profile.malformed() : profile;
    }
}
