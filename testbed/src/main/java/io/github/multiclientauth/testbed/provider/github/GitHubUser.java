package io.github.multiclientauth.testbed.provider.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.Grant;
import io.github.multiclientauth.testbed.provider.oauth.Pictures;
import io.github.multiclientauth.testbed.provider.oauth.Reply;
import java.util.List;

/**
 * The endpoints {@code GET /user} and {@code GET /user/emails}.
 *
 * @see <a href="https://docs.github.com/en/rest/users/users#get-the-authenticated-user">Get the authenticated user</a>
 */
final class GitHubUser {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SITE = "https://github.com/";
    private static final String API = "https://api.github.com/users/";

    private final Pictures pictures;

    GitHubUser(Pictures pictures) {
        this.pictures = pictures;
    }

    Reply profile(Grant grant, Person person) {
        String api = API + person.login();
        ObjectNode user = JSON.objectNode()
                .put("login", person.login())
                .put("id", person.id())
                .put("node_id", "U_kgDO" + Long.toString(person.id(), 36))
                .put("avatar_url", pictures.address(person))
                .put("gravatar_id", "")
                .put("url", api)
                .put("html_url", SITE + person.login())
                .put("repos_url", api + "/repos")
                .put("type", "User")
                .put("user_view_type", "public")
                .put("site_admin", false)
                .put("name", person.name().orElse(null))
                .putNull("company")
                .put("blog", "")
                .putNull("location")
                .put("email", person.emailIsPublic() ? person.email() : null)
                .putNull("hireable")
                .putNull("bio")
                .putNull("twitter_username")
                .put("public_repos", 8)
                .put("public_gists", 0)
                .put("followers", 20)
                .put("following", 0)
                .put("created_at", "2011-01-25T18:44:36Z")
                .put("updated_at", "2026-01-22T12:13:51Z");
        return GitHubApi.reply(200, grant.scopes(), user);
    }

    Reply emails(Grant grant, Person person) {
        if (grant.scopes().stream().noneMatch(List.of("user", "user:email")::contains)) {
            // Not 403, because GitHub answers the same for missing and for forbidden resources.
            return GitHubApi.error(404, "Not Found", "/users/emails#list-email-addresses-for-the-authenticated-user");
        }
        ObjectNode main = JSON.objectNode()
                .put("email", person.email())
                .put("primary", true)
                .put("verified", true)
                .put("visibility", person.emailIsPublic() ? "public" : "private");
        ObjectNode noReply = JSON.objectNode()
                .put("email", person.id() + "+" + person.login() + "@users.noreply.github.com")
                .put("primary", false)
                .put("verified", true)
                .putNull("visibility");
        // GitHub guarantees no order, so here the wrong address comes first.
        return GitHubApi.reply(
                200, grant.scopes(), JSON.arrayNode().add(noReply).add(main));
    }
}
