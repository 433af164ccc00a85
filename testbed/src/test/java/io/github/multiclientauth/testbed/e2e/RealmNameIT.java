package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Realms whose names are not ASCII, or have characters that addresses do not have. */
@EndToEnd
class RealmNameIT {

    private static final String APPLICATION = EnterpriseRealm.clientId(1);

    private final Chain chain;
    private final Ports ports;
    private final Origin origin;

    @TempDir
    Path directory;

    RealmNameIT(Chain chain) throws Exception {
        this.chain = chain;
        this.ports = Ports.free();
        this.origin = new Origin("http", "127.0.0.1", ports.facade());
    }

    /** Slow: it starts a facade, and the doctor. */
    @Test
    void users_sign_in_and_out_in_a_realm_with_such_a_name() throws Exception {
        String name = "M\u00fcnze am See";
        String inAddresses = "M%C3%BCnze%20am%20See";
        String unique = "-" + UUID.randomUUID();
        URI issuer = URI.create(chain.keycloak() + "/realms/" + inAddresses + unique);
        RegisteredApp gitHub = new RegisteredApp(
                "app" + unique, "secret-of-" + unique, "Enterprise", Set.of(issuer + "/broker/github/endpoint"));
        chain.providers().all().stream()
                .filter(standIn -> standIn.alias().equals("github"))
                .forEach(standIn -> standIn.ledger().apps().register(gitHub));
        KeycloakAdministrator realm = chain.administrator().createRealm(EnterpriseRealm.of(name + unique, 1, gitHub));
        try {
            adopt(realm, name + unique, issuer);
            try (FacadeServer facade = FacadeServer.start(
                    Artifacts.of(System.getProperties()).facadeJar(), settings(issuer), lifeline())) {
                facade.awaitReady(passed -> {});
                signsInAndOut(realm);
                signsInWithAPasswordAndIsDisabled(realm);
                assertThat(doctor(issuer)).endsWith("Nothing is wrong.\n");
            }
        } finally {
            realm.deleteRealm();
        }
    }

    private void adopt(KeycloakAdministrator realm, String name, URI issuer) {
        ObjectNode addresses = JsonNodeFactory.instance.objectNode();
        addresses.putArray("redirectUris").add(origin + "/api/auth/callback/*");
        realm.updateClient(APPLICATION, addresses);
        AdoptCommand.Result applied = new AdoptCommand(
                        URI.create(chain.keycloak().toString()),
                        name,
                        chain.secrets().administrator(),
                        directory.resolve("state.json"))
                .run(
                        "apply",
                        "--clients",
                        APPLICATION,
                        "--with",
                        "first-sign-in,picture,facade-key",
                        "--facade",
                        origin.toString());
        assertThat(applied.status()).as(applied.err()).isZero();
        assertThat(applied.out()).contains("MCA_ISSUER=" + issuer);
    }

    private void signsInAndOut(KeycloakAdministrator realm) {
        Person person = chain.somebody();
        Visitor visitor = new Visitor(chain.providers().httpClient());
        Auth auth = new Auth(visitor, origin);
        Answer consent = visitor.browse(auth.at("signin/github?callbackUrl=%2Fapi%2Fauth%2Fsession"));

        Answer end = visitor.follow(visitor.press(consent, "button[name=login][value=" + person.login() + "]"));

        assertThat(end.json().path("user").path("email").asText()).isEqualTo(person.email());
        String id = realm.user(person.email()).path("id").asText();
        assertThat(realm.sessions(id)).hasSize(1);
        auth.signOut();
        assertThat(auth.session().isNull()).isTrue();
        assertThat(realm.sessions(id)).isEmpty();
    }

    private void signsInWithAPasswordAndIsDisabled(KeycloakAdministrator realm) throws Exception {
        Visitor visitor = new Visitor();
        Auth auth = new Auth(visitor, origin);
        Answer page = visitor.browse(auth.at("signin/keycloak?callbackUrl=%2Fapi%2Fauth%2Fsession"));
        Answer next = visitor.follow(visitor.post(action(page), Map.of("username", EnterpriseRealm.PERSON)));
        JsonNode session = visitor.follow(visitor.post(action(next), Map.of("password", EnterpriseRealm.PASSWORD)))
                .json();
        assertThat(session.path("user").path("provider").asText()).isEqualTo("keycloak");

        realm.disable(
                realm.user(EnterpriseRealm.PERSON + "@example.com").path("id").asText());

        Soon.see(auth::session, JsonNode::isNull);
    }

    private static URI action(Answer page) {
        return URI.create(page.document().selectFirst("form").absUrl("action"));
    }

    private String doctor(URI issuer) throws Exception {
        FacadeServer.Settings settings = settings(issuer);
        Map<String, String> environment = new HashMap<>(settings.more());
        environment.put("AUTH_SECRET", settings.authSecret());
        environment.put("MCA_ISSUER", issuer.toString());
        Path output = directory.resolve("doctor.txt");
        List<String> command = List.of(
                JavaChild.java().toString(),
                "-jar",
                Artifacts.of(System.getProperties()).facadeJar().toString(),
                "doctor");
        try (JavaChild program = JavaChild.start("doctor", command, environment, output)) {
            program.await(passed -> {});
        }
        return Files.readString(output);
    }

    private FacadeServer.Settings settings(URI issuer) {
        return new FacadeServer.Settings(
                ports.facade(),
                ports.facadeManagement(),
                issuer,
                chain.secrets().auth(),
                "",
                Map.of(),
                Map.of("MCA_CLIENT_KEY_FILE", directory.resolve("keys.json").toString()),
                directory.resolve("facade.log"));
    }

    private static String lifeline() throws Exception {
        return JavaChild.lifelineOption(
                Artifacts.of(System.getProperties()).workDirectory().resolve("lifeline"));
    }
}
