package io.github.multiclientauth.testbed.provider.linkedin;

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

/** LinkedIn's profile of a person, in ID tokens and at its userinfo endpoint. */
final class LinkedInProfile implements ProfileDialect {

    private static final int SUBJECT_LENGTH = 10;

    private final Facts<LinkedInFacts> facts;
    private final Pictures pictures;

    LinkedInProfile(Facts<LinkedInFacts> facts, Pictures pictures) {
        this.facts = facts;
        this.pictures = pictures;
    }

    /** The pairwise user id. It differs for each app. */
    static String subject(Person person, String clientId) {
        return AccountId.of("linkedin " + clientId, person.id()).text(SUBJECT_LENGTH);
    }

    @Override
    public Reply profile(Grant grant, Person person, RequestParameters query) {
        return grant.has(Scopes.OPENID)
                ? Reply.json(200, claims(grant, person))
                : error(403, 100, "ACCESS_DENIED", "Not enough permissions to access: userinfo.GET.NO_VERSION");
    }

    ObjectNode claims(Grant grant, Person person) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("sub", subject(person, grant.clientId()));
        if (grant.has(Scopes.EMAIL)) {
            claims.put("email", person.email())
                    .put("email_verified", facts.of(person).emailVerified());
        }
        if (grant.has(Scopes.PROFILE)) {
            NameParts parts = NameParts.of(person.displayName());
            claims.put("name", person.displayName()).put("given_name", parts.given());
            parts.family().ifPresent(family -> claims.put("family_name", family));
            claims.put("picture", pictures.address(person));
            // An object. OpenID Connect has a text here.
            claims.set(
                    "locale",
                    JsonNodeFactory.instance.objectNode().put("country", "US").put("language", "en"));
        }
        return claims;
    }

    @Override
    public Reply refusal(ProfileFault fault) {
        return switch (fault) {
            case NO_TOKEN -> error(401, 65604, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token");
            case UNKNOWN_TOKEN -> error(401, 65600, "INVALID_ACCESS_TOKEN", "Invalid access token");
        };
    }

    private static Reply error(int status, int serviceErrorCode, String code, String message) {
        return Reply.json(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("status", status)
                        .put("serviceErrorCode", serviceErrorCode)
                        .put("code", code)
                        .put("message", message));
    }
}
