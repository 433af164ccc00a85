package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.backend.ServerHome;
import io.github.multiclientauth.testbed.keycloak.KeycloakBuild;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.auth0.StandInAuth0;
import io.github.multiclientauth.testbed.provider.internet.Traffic;
import io.github.multiclientauth.testbed.provider.oauth.Failure;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For a client that has not opted in, Keycloak with the extension behaves like Keycloak without it, request by request. This
 * matters because the extension replaces five of Keycloak's providers, its cookie step and its login pages in every realm of
 * the server.
 */
@EndToEnd
class StockComparisonIT {

    private static final String PASSWORD = "of-the-administrator-of-this-test";
    private static final String PLAIN = "plain-realm";
    private static final String AUTHORIZATION_URL = "authorizationUrl";
    private static final Pattern KEPT = Pattern.compile("/(certs|jwks|jwks\\.json|openid-configuration)$");

    /** The example of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chain chain;
    private static KeycloakServer stock;
    private static Realm atStock;
    private static Realm atOurs;
    private static Realm inOurRealm;
    private static String auth0Before;

    /** The realm in which a sign-in is recorded. */
    private record Realm(URI keycloak, String name, KeycloakAdministrator administrator) {

        URI issuer() {
            return keycloak.resolve("/realms/" + name);
        }
    }

    /** The decision of the user or the failure at the provider. */
    enum Ending {
        AGREED,
        CANCELLED,
        PROFILE_REFUSED(Failure.PROFILE_REFUSED),
        TOKEN_REFUSED(Failure.TOKEN_REFUSED),
        BADLY_SIGNED(Failure.BADLY_SIGNED_ID_TOKEN);

        private final Optional<Failure> failure;

        Ending() {
            this.failure = Optional.empty();
        }

        Ending(Failure failure) {
            this.failure = Optional.of(failure);
        }

        boolean isPossible(String provider) {
            return this != BADLY_SIGNED || !Set.of("github", "facebook").contains(provider);
        }
    }

    // Slow: Keycloak is built without the extension for it, and started.
    @BeforeAll
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    static void start(Chain running) throws IOException, InterruptedException {
        chain = running;
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path logs = artifacts.workDirectory().resolve("logs").resolve("stock");
        String lifeline = JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline"));
        Path realmFile = Files.createDirectories(logs).resolve("realm.json");
        Files.writeString(realmFile, realm(artifacts, KeycloakServer.REALM).toString());
        int port = Ports.free().keycloak();
        stock = STARTED.add(KeycloakServer.start(
                KeycloakBuild.stock(
                        ServerHome.stock(artifacts), logs.resolve("keycloak-build.log"), lifeline, passed -> {}),
                new KeycloakServer.Settings(
                        port,
                        realmFile,
                        Map.of(),
                        chain.providers().keycloakOptions(chain.providers().all()),
                        KeycloakServer.SHORT_LIVED,
                        PASSWORD,
                        logs.resolve("keycloak.log")),
                lifeline));
        URI ours = URI.create(chain.keycloak().toString());
        atOurs = new Realm(ours, PLAIN, chain.administrator().createRealm(realm(artifacts, PLAIN)));
        inOurRealm = new Realm(ours, KeycloakServer.REALM, chain.administrator());
        inOurRealm.administrator().createPlainClient(PlainRealm.CLIENT, PlainRealm.client());
        // The provider whose address is configured, with Keycloak's type as with ours.
        auth0Before = inOurRealm
                .administrator()
                .provider("auth0")
                .path("config")
                .path(AUTHORIZATION_URL)
                .asText();
        inOurRealm.administrator().configureProvider("auth0", AUTHORIZATION_URL, StandInAuth0.ISSUER + "authorize");
        stock.awaitReady(passed -> {});
        atStock =
                new Realm(stock.address(), KeycloakServer.REALM, new KeycloakAdministrator(stock.address(), PASSWORD));
    }

    @AfterAll
    static void stop() {
        if (atOurs != null) {
            atOurs.administrator().deleteRealm();
        }
        if (inOurRealm != null) {
            inOurRealm.administrator().deleteClient(PlainRealm.CLIENT);
            inOurRealm.administrator().configureProvider("auth0", AUTHORIZATION_URL, auth0Before);
        }
    }

    static Stream<Arguments> stories() {
        return Testbed.PROVIDERS.stream()
                .flatMap(provider -> Stream.of(Ending.values())
                        .filter(ending -> ending.isPossible(provider))
                        .map(ending -> Arguments.of(provider, ending)));
    }

    /**
     * Compares a realm without anything of ours with a client that has not opted in, in our realm with our flows. Provider, user
     * and client get the same.
     */
    @ParameterizedTest
    @MethodSource("stories")
    void a_client_that_has_not_opted_in_sees_no_difference(String provider, Ending ending) {
        Person person = chain.somebody();

        List<String> expected = play(atStock, provider, ending, person);

        assertThat(expected).anyMatch(line -> line.startsWith("provider: "));
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(play(atOurs, provider, ending, person))
                    .as("in a realm without anything of ours")
                    .containsExactlyElementsOf(expected);
            softly.assertThat(play(inOurRealm, provider, ending, person))
                    .as("in our realm")
                    .containsExactlyElementsOf(expected);
        });
    }

    @Test
    void an_administrator_sees_the_same_providers() {
        Story expected = new Story(names(atStock));
        Story found = new Story(names(atOurs));

        expected.add("providers", atStock.administrator().providers());
        found.add("providers", atOurs.administrator().providers());

        assertThat(found.lines()).isEqualTo(expected.lines());
    }

    /** A sign-in with a hint, the tokens for it, and single sign-on afterwards. */
    private static List<String> play(Realm realm, String provider, Ending ending, Person person) {
        StandIn standIn = standIn(provider);
        standIn.ledger().apps().register(app(standIn, realm));
        ending.failure.ifPresent(failure -> standIn.ledger().failures().set(person.login(), failure));
        Visitor visitor = new Visitor(chain.providers().httpClient());
        Story story = new Story(names(realm));
        try (Traffic.Recording recording = chain.providers().traffic().record()) {
            Answer consent = visitor.browse(authorization(realm, Map.of("kc_idp_hint", provider)));
            Answer answer = visitor.press(
                    consent,
                    ending == Ending.CANCELLED
                            ? "button[name=cancel]"
                            : "button[name=login][value=" + person.login() + "]");
            Optional<String> code = codeOrPage(visitor, answer);
            if (code.isPresent()) {
                tell(story, realm, code.get());
                codeOrPage(visitor, visitor.get(authorization(realm, Map.of("prompt", "none"))));
            }
            recording.messages().stream().filter(message -> !isKept(message)).forEach(story::add);
        } finally {
            standIn.ledger().failures().clear(person.login());
        }
        visitor.history().stream()
                .filter(answer -> isAt(realm.keycloak(), answer))
                .forEach(story::add);
        JsonNode users = realm.administrator().users(person.email());
        assertThat(users).as("whether somebody was signed in").hasSize(ending == Ending.AGREED ? 1 : 0);
        for (JsonNode user : users) {
            story.add("user " + user.path("username").asText(), user.path("attributes"));
        }
        return story.lines();
    }

    /** Whether it is a request for keys or discovery documents. Keycloak caches them, so the requests come at any time. */
    private static boolean isKept(Traffic.Message message) {
        return KEPT.matcher(message.path()).find();
    }

    private static boolean isAt(URI keycloak, Answer answer) {
        return Origin.ofUrl(answer.address().toString()).equals(Origin.ofUrl(keycloak.toString()));
    }

    /** Redeems the code as the client and records the answers. */
    private static void tell(Story story, Realm realm, String code) {
        Visitor client = new Visitor();
        JsonNode tokens = client.post(
                        endpoint(realm, "token"),
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code,
                                "redirect_uri",
                                PlainRealm.REDIRECT,
                                "code_verifier",
                                VERIFIER,
                                "client_id",
                                PlainRealm.CLIENT,
                                "client_secret",
                                PlainRealm.SECRET))
                .json();
        story.add("access token", Story.claims(tokens.path("access_token").asText()));
        story.add("ID token", Story.claims(tokens.path("id_token").asText()));
        JsonNode refreshed = client.post(
                        endpoint(realm, "token"),
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                tokens.path("refresh_token").asText(),
                                "client_id",
                                PlainRealm.CLIENT,
                                "client_secret",
                                PlainRealm.SECRET))
                .json();
        story.add("refreshed", Story.claims(refreshed.path("access_token").asText()));
        story.add(
                "userinfo",
                client.get(
                                endpoint(realm, "userinfo"),
                                "Authorization",
                                "Bearer " + refreshed.path("access_token").asText())
                        .json());
    }

    /** Follows redirects up to the one to the client; empty if a page comes first. */
    private static Optional<String> codeOrPage(Visitor visitor, Answer answer) {
        Optional<Origin> client = Origin.ofUrl(PlainRealm.REDIRECT);
        Answer current = answer;
        while (current.location().isPresent()) {
            URI next = current.location().get();
            if (Origin.ofUrl(next.toString()).equals(client)) {
                return Optional.ofNullable(Parameters.ofQuery(next).get("code"));
            }
            current = visitor.get(next);
        }
        return Optional.empty();
    }

    private static URI authorization(Realm realm, Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", PlainRealm.CLIENT);
        parameters.put("redirect_uri", PlainRealm.REDIRECT);
        parameters.put("scope", "openid profile email");
        parameters.put("state", "a-state");
        parameters.put("nonce", "a-nonce");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.putAll(more);
        return URI.create(Parameters.append(endpoint(realm, "auth").toString(), parameters));
    }

    private static URI endpoint(Realm realm, String name) {
        return URI.create(realm.issuer() + "/protocol/openid-connect/" + name);
    }

    private static JsonNode realm(Artifacts artifacts, String name) throws IOException {
        Map<String, RegisteredApp> apps = chain.providers().all().stream()
                .collect(Collectors.toMap(StandIn::alias, standIn -> app(standIn, "http://localhost")));
        return PlainRealm.of(artifacts.realmFile(), name, apps, chain.provider() + "/somewhere-else");
    }

    /** The chain's app in our realm; elsewhere a separate app, registered for the realm of the next recording. */
    private static RegisteredApp app(StandIn standIn, Realm realm) {
        return realm.equals(inOurRealm)
                ? chain.apps().of(standIn.alias(), Testbed.PORTFOLIO)
                : app(standIn, realm.issuer() + "/broker/" + standIn.alias() + "/endpoint");
    }

    private static RegisteredApp app(StandIn standIn, String callback) {
        return new RegisteredApp(
                "plain-" + standIn.alias(), "secret-of-plain-" + standIn.alias(), "Plain", Set.of(callback));
    }

    private static StandIn standIn(String alias) {
        return chain.providers().all().stream()
                .filter(each -> each.alias().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    /** Values that differ between the realms, with a placeholder for each. */
    private static Map<String, String> names(Realm realm) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(realm.issuer().toString(), "{issuer}");
        names.put(realm.keycloak().toString(), "{keycloak}");
        names.put("default-roles-" + realm.name(), "{default roles}");
        for (StandIn standIn : chain.providers().all()) {
            RegisteredApp app = app(standIn, realm);
            names.put(app.clientSecret(), "{secret at " + standIn.alias() + "}");
            names.put(app.clientId(), "{client id at " + standIn.alias() + "}");
        }
        return names;
    }
}
