package io.github.multiclientauth.facade.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sign-ins that an older release has begun, and one that only a newer release understands. */
class OlderTransactionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode file = read();

    private static JsonNode read() {
        try (InputStream vectors = OlderTransactionsTest.class.getResourceAsStream("/transaction-cookies.json")) {
            return JSON.readTree(vectors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> are_finished() {
        return StreamSupport.stream(file.path("vectors").spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(
                        vector.path("origin").textValue() + ", "
                                + vector.path("release").textValue(),
                        () -> isFinished(vector)));
    }

    private void isFinished(JsonNode vector) {
        Facade facade = new Facade(file.path("AUTH_SECRET").textValue());
        facade.clock()
                .advance(Duration.between(
                        facade.clock().instant(),
                        Instant.parse(vector.path("at").textValue())));
        Recognized at = Applications.at(
                file.path("client").textValue(), vector.path("origin").textValue(), "github");
        facade.redeem(FakeAuthorizationServer.identity(at, "sid-1"));
        Browser browser = new Browser();
        browser.put(vector.path("cookie").textValue(), vector.path("value").textValue(), "/api/auth");

        Reply reply = facade.answer(
                browser,
                Requests.get(at, "/callback/github")
                        .query("code=c&state=" + vector.path("state").textValue()));

        assertThat(((Reply.Redirect) reply).location())
                .isEqualTo(vector.path("callbackUrl").textValue());
        var redeemed = facade.keycloak().redemptions().get(0).asked().code();
        assertThat(redeemed.codeVerifier().reveal())
                .isEqualTo(vector.path("codeVerifier").textValue());
        assertThat(redeemed.nonce().reveal()).isEqualTo(vector.path("nonce").textValue());
        assertThat(browser.names()).noneMatch(name -> name.contains("transaction"));
    }

    /** They make room by their age, as all others do. */
    @Test
    void of_older_releases_are_the_oldest() {
        JsonNode vector = file.path("vectors").path(0);
        Facade facade = new Facade(file.path("AUTH_SECRET").textValue());
        facade.clock()
                .advance(Duration.between(
                        facade.clock().instant(),
                        Instant.parse(vector.path("at").textValue())));
        Recognized at = Applications.at(
                file.path("client").textValue(), vector.path("origin").textValue(), "github");
        Browser browser = new Browser();
        browser.put(vector.path("cookie").textValue(), vector.path("value").textValue(), "/api/auth");
        for (int i = 0; i < 9; i++) {
            facade.beginSignIn(browser, at, "github");
        }
        assertThat(browser.names()).contains(vector.path("cookie").textValue());

        facade.beginSignIn(browser, at, "github");

        assertThat(browser.names()).doesNotContain(vector.path("cookie").textValue());
    }

    /** It ignores demands, so it must not finish such a sign-in. It reads the time of the start from the fourth line. */
    @Test
    void with_a_demand_are_refused_by_the_version_before() {
        byte[] content = TransactionContent.write(new Transaction(
                new Secret("state"),
                new Secret("verifier"),
                new Provider("github"),
                CallbackUrl.home(Applications.PORTFOLIO.origin()),
                new Demand(true, OptionalInt.of(0), List.of("gold")),
                false,
                Instant.EPOCH,
                Optional.empty()));

        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", 6);
        assertThatThrownBy(() -> Long.parseLong(lines[3])).isInstanceOf(NumberFormatException.class);
        assertThat(TransactionContent.read(content, "state").orElseThrow().demand())
                .isEqualTo(new Demand(true, OptionalInt.of(0), List.of("gold")));
        assertThat(TransactionContent.startedAt(content)).hasValue(Instant.EPOCH);
    }

    /** The version before meets cookies of this one while both run. */
    @Test
    void of_newer_releases_end_on_a_page_that_leads_on() {
        Facade facade = new Facade();
        Recognized at = Applications.PORTFOLIO;
        Browser browser = new Browser();
        String state = facade.beginSignIn(browser, at, "github");
        String name = browser.names().stream()
                .filter(each -> each.contains("transaction"))
                .findFirst()
                .orElseThrow();
        String newer = facade.seals()
                .transaction(KeyHolder.application("portfolio"), "authjs.transaction.")
                .sealWithoutHeader("9\nwhatever\nit\nmay\nbe".getBytes(StandardCharsets.UTF_8));
        browser.put(name, newer, "/api/auth");

        Reply reply =
                facade.answer(browser, Requests.get(at, "/callback/github").query("code=c&state=" + state));

        assertThat(((Reply.ErrorRedirect) reply).location()).contains("/error?", "code=unknown_sign_in");
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }
}
