package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** After all other tests, the logs contain no secret. */
@EndToEnd
@OnKeycloaksImage
@Order(LogsIT.LAST)
class LogsIT {

    static final int LAST = Integer.MAX_VALUE;

    /** Shorter values are not secrets, and would match by chance. */
    private static final int SHORTEST = 16;

    private static final Pattern CODE = Pattern.compile("[?&]code=([^&#]+)");
    private static final Pattern STATE = Pattern.compile("[?&](?:state|nonce)=([^&#]+)");

    /** The format of Keycloak's codes. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String CANARY = "canary-of-a-callback";

    private final Chain chain;

    LogsIT(Chain chain) {
        this.chain = chain;
    }

    /** Administrators look for it after they have installed the JAR. */
    @Test
    void of_keycloak_say_once_that_the_extension_is_active_and_in_which_version() throws IOException {
        assertThat(Files.readString(chain.logs().resolve("keycloak.log")))
                .containsOnlyOnce("MCA00154: Multi-Client Auth 0.")
                .doesNotContain("Multi-Client Auth unknown");
    }

    @Test
    void contain_no_code_token_cookie_or_secret() throws IOException {
        aWholeSignIn();
        Set<String> secrets = secrets();
        assertThat(secrets).as("what must not be found").hasSizeGreaterThan(10);

        List<Path> files = files();
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .contains("keycloak.log", "facade.log", "testbed.log");
        for (Path file : files) {
            String log = Files.readString(file);
            assertThat(secrets.stream().filter(log::contains).map(secret -> secret.substring(0, 4) + "…"))
                    .as("secrets in %s, by their first letters", file)
                    .isEmpty();
        }
    }

    /** Ignores Keycloak's own log: Keycloak without the extension logs the state when a provider reports an error. */
    @Test
    void of_ours_contain_no_state_or_nonce() throws IOException {
        aWholeSignIn();
        List<String> states = states();
        assertThat(states).isNotEmpty();

        for (String ours : List.of("facade.log", "testbed.log")) {
            String log = Files.readString(chain.logs().resolve(ours));
            assertThat(states).as(ours).noneMatch(log::contains);
        }
    }

    /** Covers all libraries and a proxy in front: their loggers see values that ours never get. */
    @Test
    void contain_no_secrets_at_level_debug() throws IOException {
        Ports ports = Ports.free();
        Origin application = new Origin("http", "localhost", ports.facade());
        String clientId = MadeClient.id();
        chain.administrator().createPlainClient(clientId, MadeClient.application(application));
        chain.administrator().optIn(clientId);
        FacadeServer facade =
                OwnFacade.startTrusting(chain, ports, Map.of("QUARKUS_LOG_LEVEL", "DEBUG"), "facade-debug.log");
        try {
            String login = chain.somebody().login();
            Visitor visitor = chain.visitor();
            Answer page = new SignIn(visitor, application).start();
            // There is no page to return to, only the facade.
            visitor.follow(visitor.press(page, "button[name=login][value=" + login + "]"));
            assertThat(new Auth(visitor, application).session().isNull()).isFalse();
            new Auth(visitor, application).update("{}");
            new Auth(visitor, application).signOut();
            URI callback = new Auth(visitor, application).at("callback/github?code=" + CANARY + "&state=" + CANARY);
            visitor.get(callback, "X-Forwarded-Host", callback.getAuthority());
        } finally {
            facade.close();
            chain.administrator().deleteClient(clientId);
        }

        String log = Files.readString(chain.logs().resolve("facade-debug.log"));
        assertThat(log).contains(" DEBUG ");
        Set<String> canaries = new TreeSet<>(secrets());
        canaries.addAll(states());
        canaries.add(CANARY);
        // RFC 7617: the encoding of a secret in a request.
        canaries.add("Authorization: B");
        assertThat(canaries.stream().filter(log::contains).map(canary -> canary.substring(0, 4) + "…"))
                .isEmpty();
    }

    @Test
    void contain_refusals_with_an_id() throws IOException {
        Visitor visitor = chain.visitor();
        visitor.get(new Auth(visitor, chain.portfolio()).at("callback/github?code=canary&state=canary"));

        assertThat(Files.readAllLines(chain.logs().resolve("facade.log")))
                .anyMatch(line -> line.matches(".*MCA00\\d\\d\\d.*portfolio.*"))
                .noneMatch(line -> line.contains("canary"));
    }

    private void aWholeSignIn() {
        Visitor visitor = chain.visitor();
        chain.atPortfolio(visitor).as(chain.somebody().login());
        chain.atDashboard(visitor).start();
        new Auth(visitor, chain.portfolio()).update("{}");
        new Auth(visitor, chain.portfolio()).signOut();
    }

    private List<String> states() {
        return chain.visitors().stream()
                .flatMap(visitor -> visitor.history().stream())
                .flatMap(answer -> answer.headers().firstValue("Location").stream())
                .flatMap(location -> STATE.matcher(location).results())
                .map(state -> state.group(1))
                .filter(state -> state.length() >= SHORTEST)
                .toList();
    }

    /** All secrets that the tests have seen, and those that the parts share. */
    private Set<String> secrets() {
        Set<String> secrets = new TreeSet<>(chain.handedOutByTheProvider());
        secrets.addAll(List.of(
                chain.secrets().auth(),
                chain.secrets().portfolio(),
                chain.secrets().dashboard(),
                chain.secrets().forwardAuth(),
                chain.secrets().administrator()));
        secrets.addAll(chain.apps().secrets());
        for (Visitor visitor : chain.visitors()) {
            for (Answer answer : visitor.history()) {
                answer.setCookies().forEach(cookie -> secrets.add(value(cookie)));
                answer.headers().firstValue("Location").stream()
                        .flatMap(location -> CODE.matcher(location).results())
                        .forEach(parameter -> secrets.add(parameter.group(1)));
                tokens(answer).forEach(secrets::add);
            }
            visitor.cookies().all().stream().map(Cookie::value).forEach(secrets::add);
        }
        secrets.removeIf(secret -> secret.length() < SHORTEST || isAddress(secret));
        secrets.removeAll(signIns());
        return secrets;
    }

    /** Keycloak 26.0 has this value unsigned in a cookie, and as {@code code_id} in its event log. Later versions sign the cookie. */
    private Set<String> signIns() {
        return chain.visitors().stream()
                .flatMap(visitor -> visitor.history().stream())
                .flatMap(answer -> answer.setCookies().stream())
                .filter(cookie -> cookie.startsWith("AUTH_SESSION_ID="))
                .map(LogsIT::value)
                .filter(value -> ID.matcher(value).matches())
                .collect(Collectors.toSet());
    }

    /** The callbackUrl cookie contains an address, which is not secret. */
    private static boolean isAddress(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8).startsWith("http");
    }

    private static Stream<String> tokens(Answer answer) {
        return answer.contentType().startsWith("application/json")
                        && answer.body().contains("_token")
                ? Stream.of("access_token", "refresh_token", "id_token")
                        .map(name -> answer.json().path(name).asText())
                : Stream.empty();
    }

    private static String value(String setCookie) {
        String pair = setCookie.split(";", 2)[0];
        return pair.substring(pair.indexOf('=') + 1);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(chain.logs())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".log"))
                    .toList();
        }
    }
}
