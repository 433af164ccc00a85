package io.github.multiclientauth.testbed.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * The API: {@code GET /user} and {@code GET /user/emails}.
 *
 * @see <a href="https://docs.github.com/en/rest/users/users#get-the-authenticated-user">Get the authenticated user</a>
 */
final class UserEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    private final People people;
    private final Grants grants;
    private final String address;

    UserEndpoints(People people, Grants grants, String address) {
        this.people = people;
        this.grants = grants;
        this.address = address;
    }

    void user(RoutingContext context) {
        Optional<Grants.Access> access = access(context);
        Optional<Person> person = access.flatMap(granted -> people.find(granted.login()));
        if (person.isEmpty()) {
            refuse(context, 401, "Bad credentials", "");
            return;
        }
        send(context, 200, access.get().scopes(), profile(person.get()));
    }

    void emails(RoutingContext context) {
        Optional<Grants.Access> access = access(context);
        Optional<Person> person = access.flatMap(granted -> people.find(granted.login()));
        if (person.isEmpty()) {
            refuse(context, 401, "Bad credentials", "");
        } else if (access.get().scopes().stream().noneMatch(List.of("user", "user:email")::contains)) {
            // Not 403: GitHub does not tell apart what is not there and what one may not see.
            refuse(context, 404, "Not Found", "/users/emails#list-email-addresses-for-the-authenticated-user");
        } else {
            send(context, 200, access.get().scopes(), emails(person.get()));
        }
    }

    private Optional<Grants.Access> access(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        String[] parts = header == null ? new String[0] : header.split(" ", 2);
        if (parts.length != 2 || !parts[0].equalsIgnoreCase("bearer") && !parts[0].equalsIgnoreCase("token")) {
            return Optional.empty();
        }
        return grants.access(parts[1].strip())
                .filter(granted -> !people.fails(granted.login(), Failure.BAD_CREDENTIALS));
    }

    private ObjectNode profile(Person person) {
        String api = address + "/users/" + person.login();
        ObjectNode user = JSON.objectNode();
        user.put("login", person.login())
                .put("id", person.id())
                .put("node_id", "U_kgDO" + Long.toString(person.id(), 36))
                .put("avatar_url", address + "/avatars/" + person.id() + ".svg")
                .put("gravatar_id", "")
                .put("url", api)
                .put("html_url", address + "/" + person.login())
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
        return user;
    }

    private static JsonNode emails(Person person) {
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
        // GitHub promises no order; the one that is not wanted comes first here.
        return JSON.arrayNode().add(noReply).add(main);
    }

    private static void refuse(RoutingContext context, int status, String message, String anchor) {
        ObjectNode body = JSON.objectNode()
                .put("message", message)
                .put("documentation_url", DOCUMENTATION + anchor)
                .put("status", Integer.toString(status));
        send(context, status, List.of(), body);
    }

    private static void send(RoutingContext context, int status, List<String> scopes, JsonNode body) {
        context.response()
                .putHeader("X-GitHub-Media-Type", "github.v3; format=json")
                .putHeader("X-OAuth-Scopes", String.join(", ", scopes));
        Replies.data(context.response(), status, "application/json; charset=utf-8", body.toString());
    }
}
