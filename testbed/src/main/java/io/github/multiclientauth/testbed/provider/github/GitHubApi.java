package io.github.multiclientauth.testbed.provider.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.Grant;
import io.github.multiclientauth.testbed.provider.oauth.ProfileDialect;
import io.github.multiclientauth.testbed.provider.oauth.ProfileFault;
import io.github.multiclientauth.testbed.provider.oauth.Reply;
import io.github.multiclientauth.testbed.provider.oauth.RequestParameters;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** The common parts of GitHub's API. {@code resource} makes the answer. */
record GitHubApi(BiFunction<Grant, Person, Reply> resource) implements ProfileDialect {

    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    @Override
    public Set<String> schemes() {
        return Set.of("bearer", "token");
    }

    @Override
    public Reply profile(Grant grant, Person person, RequestParameters query) {
        return resource.apply(grant, person);
    }

    @Override
    public Reply refusal(ProfileFault fault) {
        return error(401, "Bad credentials", "");
    }

    static Reply error(int status, String message, String anchor) {
        return reply(
                status,
                List.of(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("message", message)
                        .put("documentation_url", DOCUMENTATION + anchor)
                        .put("status", Integer.toString(status)));
    }

    static Reply reply(int status, List<String> scopes, JsonNode body) {
        return Reply.json(status, body)
                .with("X-GitHub-Media-Type", "github.v3; format=json")
                .with("X-OAuth-Scopes", String.join(", ", scopes));
    }
}
