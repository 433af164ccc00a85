package io.github.multiclientauth.testbed.provider.facebook;

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
import java.util.Optional;

/**
 * The endpoint {@code GET /me}. It answers with the requested fields, or else with id and name.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/reference/user/">User</a>
 */
final class FacebookProfile implements ProfileDialect {

    private static final int ID_DIGITS = 17;
    private static final int PICTURE_PIXELS = 50;

    private final Facts<FacebookFacts> facts;
    private final Pictures pictures;

    FacebookProfile(Facts<FacebookFacts> facts, Pictures pictures) {
        this.facts = facts;
        this.pictures = pictures;
    }

    /**
     * The user id. It differs for each app.
     *
     * @see <a href="https://developers.facebook.com/docs/apps/for-business">App-scoped ids</a>
     */
    static String id(Person person, String clientId) {
        return AccountId.of("facebook " + clientId, person.id()).digits(ID_DIGITS);
    }

    @Override
    public boolean takesTokenInQuery() {
        return true;
    }

    @Override
    public Reply profile(Grant grant, Person person, RequestParameters query) {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        String fields = Optional.ofNullable(query.get("fields")).orElse("name,id");
        for (String field : fields.split(",")) {
            if (!put(profile, fieldName(field), grant, person)) {
                return GraphErrors.error(
                        100,
                        "invalid_request",
                        "(#100) Tried accessing nonexisting field (" + fieldName(field) + ") on node type (User)");
            }
        }
        // Always included, even if it was not requested.
        profile.put("id", id(person, grant.clientId()));
        return Reply.json(200, profile);
    }

    /** {@code picture.type(large)} and {@code picture{url}} are the field {@code picture}. */
    private static String fieldName(String field) {
        return field.strip().split("[.({]", 2)[0];
    }

    private boolean put(ObjectNode profile, String field, Grant grant, Person person) {
        NameParts parts = NameParts.of(person.displayName());
        switch (field) {
            case "id" -> profile.put("id", id(person, grant.clientId()));
            case "name" -> profile.put("name", person.displayName());
            case "first_name", "short_name" -> profile.put(field, parts.given());
            case "last_name" -> parts.family().ifPresent(family -> profile.put("last_name", family));
            case "middle_name" -> {
                // A known field that none of the people here has.
            }
            case "email" -> {
                // Without the permission, or without an address, the field is missing. There is no error and no null.
                if (grant.has(Scopes.EMAIL) && facts.of(person).hasEmail()) {
                    profile.put("email", person.email());
                }
            }
            case "picture" -> profile.set("picture", picture(person));
            default -> {
                return false;
            }
        }
        return true;
    }

    private ObjectNode picture(Person person) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("height", PICTURE_PIXELS)
                .put("is_silhouette", false)
                .put("url", pictures.address(person))
                .put("width", PICTURE_PIXELS);
        return JsonNodeFactory.instance.objectNode().set("data", data);
    }

    @Override
    public Reply refusal(ProfileFault fault) {
        return switch (fault) {
            case NO_TOKEN ->
                GraphErrors.error(
                        2500,
                        "invalid_request",
                        "An active access token must be used to query information about the current user.");
            case UNKNOWN_TOKEN ->
                GraphErrors.error(190, "invalid_token", "Invalid OAuth access token - Cannot parse access token");
        };
    }
}
