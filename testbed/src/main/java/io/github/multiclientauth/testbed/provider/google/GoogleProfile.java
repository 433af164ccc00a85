package io.github.multiclientauth.testbed.provider.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.AccountId;
import io.github.multiclientauth.testbed.provider.oauth.Facts;
import io.github.multiclientauth.testbed.provider.oauth.Grant;
import io.github.multiclientauth.testbed.provider.oauth.NameParts;
import io.github.multiclientauth.testbed.provider.oauth.OAuthErrors;
import io.github.multiclientauth.testbed.provider.oauth.Pictures;
import io.github.multiclientauth.testbed.provider.oauth.ProfileDialect;
import io.github.multiclientauth.testbed.provider.oauth.ProfileFault;
import io.github.multiclientauth.testbed.provider.oauth.Reply;
import io.github.multiclientauth.testbed.provider.oauth.RequestParameters;
import io.github.multiclientauth.testbed.provider.oauth.Scopes;

/** Google's profile of a person, in ID tokens and at its userinfo endpoint. */
final class GoogleProfile implements ProfileDialect {

    private static final int SUBJECT_DIGITS = 21;

    private final Facts<GoogleFacts> facts;
    private final Pictures pictures;

    GoogleProfile(Facts<GoogleFacts> facts, Pictures pictures) {
        this.facts = facts;
        this.pictures = pictures;
    }

    /** The user id. It is the same for every app. */
    static String subject(Person person) {
        return AccountId.of("google", person.id()).digits(SUBJECT_DIGITS);
    }

    @Override
    public Reply profile(Grant grant, Person person, RequestParameters query) {
        return Reply.json(200, claims(grant, person));
    }

    ObjectNode claims(Grant grant, Person person) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("sub", subject(person));
        facts.of(person).hostedDomain().ifPresent(domain -> claims.put("hd", domain));
        if (grant.has(Scopes.EMAIL)) {
            claims.put("email", person.email())
                    .put("email_verified", facts.of(person).emailVerified());
        }
        if (grant.has(Scopes.PROFILE)) {
            // Google has no accounts without a name.
            NameParts parts = NameParts.of(person.displayName());
            claims.put("name", person.displayName()).put("picture", pictures.address(person));
            claims.put("given_name", parts.given());
            parts.family().ifPresent(family -> claims.put("family_name", family));
            claims.put("locale", "en");
        }
        return claims;
    }

    @Override
    public Reply refusal(ProfileFault fault) {
        return OAuthErrors.error(401, "invalid_request", "Invalid Credentials")
                .with("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"");
    }
}
