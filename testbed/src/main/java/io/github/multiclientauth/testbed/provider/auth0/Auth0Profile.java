package io.github.multiclientauth.testbed.provider.auth0;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.AccountId;
import io.github.multiclientauth.testbed.provider.oauth.Facts;
import io.github.multiclientauth.testbed.provider.oauth.Grant;
import io.github.multiclientauth.testbed.provider.oauth.NameParts;
import io.github.multiclientauth.testbed.provider.oauth.Pictures;
import io.github.multiclientauth.testbed.provider.oauth.ProfileDialect;
import io.github.multiclientauth.testbed.provider.oauth.ProfileFault;
import io.github.multiclientauth.testbed.provider.oauth.Reply;
import io.github.multiclientauth.testbed.provider.oauth.RequestParameters;
import io.github.multiclientauth.testbed.provider.oauth.Scopes;
import java.util.Map;
import java.util.Set;

/** The tenant's profile of a person, in ID tokens and at its userinfo endpoint. */
final class Auth0Profile implements ProfileDialect {

    static final String OFFLINE = "offline_access";
    static final Set<String> SCOPES = Set.of(Scopes.OPENID, Scopes.PROFILE, Scopes.EMAIL, OFFLINE);

    private static final int DATABASE_ID_DIGITS = 24;
    private static final int GOOGLE_ID_DIGITS = 21;
    private static final String UPDATED = "2026-01-22T12:13:51.000Z";

    private final Facts<Auth0Facts> facts;
    private final Pictures pictures;

    Auth0Profile(Facts<Auth0Facts> facts, Pictures pictures) {
        this.facts = facts;
        this.pictures = pictures;
    }

    /** The user id. It is the same for every application of the tenant: the connection, a bar, the id there. */
    String subject(Person person) {
        Auth0Facts known = facts.of(person);
        AccountId id = AccountId.of("auth0", person.id());
        return known.connection() + "|"
                + (known.isInDatabase() ? id.hex(DATABASE_ID_DIGITS) : id.digits(GOOGLE_ID_DIGITS));
    }

    @Override
    public Reply profile(Grant grant, Person person, RequestParameters query) {
        return grant.has(Scopes.OPENID) ? Reply.json(200, claims(grant, person)) : refusal(ProfileFault.UNKNOWN_TOKEN);
    }

    ObjectNode claims(Grant grant, Person person) {
        Auth0Facts known = facts.of(person);
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("sub", subject(person));
        if (grant.has(Scopes.PROFILE)) {
            if (!known.isInDatabase()) {
                // The database has only one name. Accounts from other connections have its parts.
                NameParts parts = NameParts.of(person.displayName());
                claims.put("given_name", parts.given());
                parts.family().ifPresent(family -> claims.put("family_name", family));
            }
            claims.put("nickname", person.login())
                    .put("name", person.name().orElse(person.email()))
                    .put("picture", pictures.address(person))
                    .put("updated_at", UPDATED);
        }
        if (grant.has(Scopes.EMAIL)) {
            claims.put("email", person.email()).put("email_verified", known.emailVerified());
        }
        return claims;
    }

    /** Answers with one word, not with JSON. */
    @Override
    public Reply refusal(ProfileFault fault) {
        return new Reply(
                401,
                "text/plain; charset=utf-8",
                "Unauthorized",
                fault == ProfileFault.NO_TOKEN
                        ? Map.of()
                        : Map.of("WWW-Authenticate", "Bearer realm=\"Users\", error=\"invalid_token\""));
    }
}
