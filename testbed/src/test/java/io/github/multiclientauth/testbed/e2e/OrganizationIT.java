package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A realm with organizations: Keycloak's step <i>Organization</i> puts its own lists into the login page. */
@EndToEnd
class OrganizationIT {

    private static final String REALM = "with-organizations";

    private final Chain chain;
    private final Visitor visitor;
    private final OidcClient client;
    private KeycloakAdministrator administrator;

    OrganizationIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.client = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
    }

    @BeforeEach
    void create_the_realm() throws IOException {
        administrator = chain.administrator().createRealm(realm());
        administrator.createOrganization("acme", "acme.example", "google", "facebook");
        ObjectNode settings = MadeClient.settings(client);
        settings.withArray("protocolMappers").add(MadeClient.rule("github", "google"));
        administrator.createClient(client.clientId(), null, settings);
    }

    @AfterEach
    void delete_the_realm() {
        administrator.deleteRealm();
    }

    /** Our flow, with that step where Keycloak's own browser flow has it. */
    private static ObjectNode realm() throws IOException {
        ObjectNode realm = (ObjectNode) new ObjectMapper()
                .readTree(Artifacts.of(System.getProperties()).realmFile().toFile());
        realm.put("realm", REALM).put("organizationsEnabled", true);
        realm.remove(List.of("clients", "clientScopeMappings", "scopeMappings", "users"));
        for (JsonNode flow : realm.path("authenticationFlows")) {
            if (flow.path("alias").asText().equals("multi-client-auth sign-in")) {
                ((ObjectNode) flow)
                        .withArray("authenticationExecutions")
                        .addObject()
                        .put("authenticator", "organization")
                        .put("requirement", "ALTERNATIVE")
                        .put("priority", 35);
            }
        }
        for (JsonNode provider : realm.path("identityProviders")) {
            ((ObjectNode) provider.path("config")).put("kc.org.broker.public", "true");
        }
        return realm;
    }

    @Test
    void the_user_name_page_lists_only_allowed_providers() {
        Answer page = visitor.browse(request());

        assertThat(page.document().select("#username")).hasSize(1);
        assertThat(page.document().select("#password"))
                .as("the step of organizations is the one that shows this page")
                .isEmpty();
        listsOnly(page, "github");
    }

    @Test
    void the_page_for_members_of_the_organization_lists_only_allowed_providers() {
        Answer page = visitor.browse(request());

        Answer next = visitor.follow(visitor.post(
                URI.create(page.document().selectFirst("form[method=post]").absUrl("action")),
                Map.of("username", "somebody@acme.example")));

        listsOnly(next, "google");
    }

    @Test
    void a_client_that_has_not_opted_in_gets_keycloaks_list() {
        administrator.optOut(client.clientId());

        Answer page = visitor.browse(request());

        assertThat(page.document().select("a[href*=/broker/]").eachAttr("href"))
                .anyMatch(href -> href.contains("/broker/github/"))
                .anyMatch(href -> href.contains("/broker/auth0/"));
    }

    private static void listsOnly(Answer page, String provider) {
        assertThat(page.document().select("a[href*=/broker/]").eachAttr("href"))
                .singleElement()
                .asString()
                .contains("/broker/" + provider + "/");
    }

    private URI request() {
        return URI.create(client.request("kc_idp_hint", null)
                .toString()
                .replace(chain.issuer().getPath() + "/", "/realms/" + REALM + "/"));
    }
}
