package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** An administrator of the realm {@code master} looks at <i>Provider info</i> in the admin console. */
@EndToEnd
class ServerInfoIT {

    private final Chain chain;

    ServerInfoIT(Chain chain) {
        this.chain = chain;
    }

    @Test
    void shows_version_commit_and_tested_versions_of_keycloak() throws Exception {
        JsonNode shown = serverInfo().at("/providers/authenticator/providers/client-origin/operationalInfo");

        assertThat(shown.path("Multi-Client Auth").asText()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(shown.path("Multi-Client Auth: commit").asText()).matches("unknown|[0-9a-f]{40}");
        assertThat(shown.path("Multi-Client Auth: tested on Keycloak").asText()).contains("26.0", "26.7");
    }

    private JsonNode serverInfo() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(chain.keycloak() + "/admin/serverinfo"))
                .header("Authorization", "Bearer " + chain.administrator().accessToken())
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }
}
