package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users sign in at previews of an application, whose origins match a pattern that an administrator entered. */
@EndToEnd
class PreviewsIT {

    private static final Origin HOME = new Origin("http", "previewed.localhost", 80);
    private static final Origin PREVIEW = new Origin("http", "pr-1-preview.localhost", 80);
    private static final Origin OTHER_PREVIEW = new Origin("http", "pr-2-preview.localhost", 80);
    private static final String PATTERN = "http://*-preview.localhost";

    private final String clientId = "previewed-" + UUID.randomUUID();
    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final LocalNames names;
    private final Visitor visitor;

    PreviewsIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
        this.names = new LocalNames(chain.facade().port());
        this.visitor = new Visitor(names.client());
    }

    @BeforeEach
    void create() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("name", "Previewed").put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(HOME.toString());
        settings.putArray("redirectUris").add(HOME + "/api/auth/callback/*");
        administrator.createPlainClient(clientId, settings);
        administrator.optIn(clientId);
    }

    @AfterEach
    void delete() {
        administrator.deleteClient(clientId);
        names.close();
    }

    @Test
    void a_preview_signs_in_through_the_callback_origin() throws Exception {
        awaitsStatus(HOME, 200);
        assertThat(visitor.get(at(PREVIEW, "session")).status())
                .as("without a pattern")
                .isEqualTo(400);
        administrator.addMapper(clientId, previews(PATTERN, HOME.toString()));
        awaitsStatus(PREVIEW, 200);
        Person person = chain.somebody();

        Answer handOff = handOff(PREVIEW, person);
        assertThat(handOff.status()).isEqualTo(303);
        assertThat(Origin.ofUrl(handOff.address().toString())).hasValue(HOME);
        assertThat(handOff.setCookies()).isEmpty();
        URI onward = handOff.location().orElseThrow();
        assertThat(onward.toString())
                .startsWith(at(PREVIEW, "callback/github") + "?hand_off=")
                .doesNotContain("code=");

        assertThat(new Visitor(names.client()).get(onward).location().map(ErrorAddress::plain))
                .as("in another browser")
                .hasValue(at(PREVIEW, "error?error=Configuration"));
        URI astray = URI.create(onward.toString().replace(PREVIEW.toString(), OTHER_PREVIEW.toString()));
        assertThat(visitor.get(astray).location().map(ErrorAddress::plain))
                .as("at another preview")
                .hasValue(at(OTHER_PREVIEW, "error?error=Configuration"));

        assertThat(visitor.get(onward).location()).hasValue(URI.create(PREVIEW + "/"));
        JsonNode session = session(PREVIEW);
        assertThat(session.path("user").path("email").asText()).isEqualTo(person.email());
        assertThat(session.path("user").path("clientOrigin").asText()).isEqualTo(HOME.toString());
        assertThat(session.path("user").path("clientId").asText()).isEqualTo(clientId);
        assertThat(session(HOME).isNull()).as("signed in at the preview alone").isTrue();
        assertThat(session(OTHER_PREVIEW).isNull()).isTrue();
        assertThat(visitor.get(onward).location().map(ErrorAddress::plain))
                .as("a second time")
                .hasValue(at(PREVIEW, "error?error=Configuration"));

        String user = session.path("user").path("id").asText();
        assertThat(administrator.sessions(user)).hasSize(1);
        visitor.get(
                at(PREVIEW, "signout"),
                "Sec-Fetch-Site",
                "none",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest",
                "document");
        assertThat(session(PREVIEW).isNull()).isTrue();
        assertThat(administrator.sessions(user)).isEmpty();
    }

    @Test
    void patterns_that_match_hosts_of_strangers_cannot_be_saved() {
        for (String pattern : new String[] {"https://*.com", "http://*.example.com", "https://a.*.example.com", "*"}) {
            assertThatThrownBy(() -> administrator.addMapper(clientId, previews(pattern, HOME.toString())))
                    .as(pattern)
                    .hasMessageContaining(" answers 400 ")
                    .hasMessageContaining("A pattern is an https origin with one * in its first label");
        }
    }

    /** Signs in at the provider, until the callback origin forwards the answer. */
    private Answer handOff(Origin preview, Person person) {
        Answer page = new SignIn(visitor, preview).start();
        return visitor.followTo(visitor.press(page, "button[name=login][value=" + person.login() + "]"), preview);
    }

    private JsonNode session(Origin origin) {
        return visitor.get(at(origin, "session")).json();
    }

    private void awaitsStatus(Origin origin, int expected) throws Exception {
        Soon.see(() -> visitor.get(at(origin, "session")).status(), status -> status == expected);
    }

    private static URI at(Origin origin, String action) {
        return URI.create(origin + "/api/auth/" + action);
    }

    private static ObjectNode previews(String patterns, String callbackOrigin) {
        ObjectNode mapper = JsonNodeFactory.instance
                .objectNode()
                .put("name", "Previews")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-preview-origins-mapper");
        mapper.putObject("config").put("preview.patterns", patterns).put("preview.callback.origin", callbackOrigin);
        return mapper;
    }
}
