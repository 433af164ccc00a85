package io.github.multiclientauth.facade.endpoint;

import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.endpoint.ForwardAuthentication.Question;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.ChangesSource.Change;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.Seal;
import io.github.multiclientauth.facade.wire.Chunks;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Reply.ForProxy;
import io.github.multiclientauth.facade.wire.RequestCookies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has an application's {@code AUTH_SECRET} can write its sessions. Reverse proxies must not believe those. */
class ForgedByTheApplicationTest {

    private static final String SESSION = "authjs.session-token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Facade facade = new Facade();
    private Browser browser;

    @BeforeEach
    void sign_in() {
        facade.poll();
        facade.clock().advance(Duration.ofSeconds(10));
        browser = facade.signedIn(PORTFOLIO, "sid");
        facade.clock().advance(Duration.ofSeconds(10));
    }

    private ForProxy verify(String rules) throws Exception {
        Question question = new Question(
                Requests.get(PORTFOLIO, "/verify").from(browser).build(), "/", true, AccessRules.parse(rules), true);
        CompletableFuture<Reply> answer =
                facade.forwardAuthentication().answer(question).toCompletableFuture();
        facade.run();
        return (ForProxy) browser.take(answer.join());
    }

    private static Map<String, String> headers(ForProxy answer) {
        return answer.headers().stream().collect(Collectors.toMap(ForProxy.Header::name, ForProxy.Header::value));
    }

    /** Writes into the session that Keycloak has just confirmed it, and more. */
    private void forge(Consumer<ObjectNode> change) throws JsonProcessingException {
        long now = facade.clock().instant().toEpochMilli();
        reseal(claims -> change.accept(claims.put("checkedAt", now / 1000).put("checkedAtMillis", now)));
    }

    private void reseal(Consumer<ObjectNode> change) throws JsonProcessingException {
        Seal seal = facade.seals().session(KeyHolder.application("portfolio"), SESSION);
        ObjectNode claims = (ObjectNode) JSON.readTree(
                new String(seal.open(browser.value(SESSION).orElseThrow()).orElseThrow(), UTF_8));
        change.accept(claims);
        browser.remove(SESSION);
        browser.take(new Chunks(SESSION, "/", false)
                .write(
                        seal.seal(claims.toString().getBytes(UTF_8)),
                        facade.clock().instant().plusSeconds(600),
                        RequestCookies.parse(List.of())));
    }

    @Test
    void what_the_facade_has_written_costs_keycloak_nothing() throws Exception {
        assertThat(verify("").status()).isEqualTo(200);
        assertThat(facade.keeper().questions()).isEmpty();
    }

    /** As Auth.js does when it extends a session. */
    @Test
    void a_token_that_was_only_sealed_again_counts() throws Exception {
        reseal(claims -> claims.put("iat", 1).put("jti", "another").put("own", "claim"));

        assertThat(verify("").status()).isEqualTo(200);
        assertThat(facade.keeper().questions()).isEmpty();
    }

    @Test
    void a_session_that_does_not_exist_is_none() throws Exception {
        forge(claims -> claims.put("sub", "boss").put("sid", "made up"));

        assertThat(verify("").status()).isEqualTo(401);
    }

    @Test
    void a_session_of_somebody_else_is_none() throws Exception {
        forge(claims -> claims.put("sub", "boss"));

        assertThat(verify("").status()).isEqualTo(401);
    }

    @Test
    void a_session_that_has_ended_is_none() throws Exception {
        facade.keeper().end("sid");
        forge(claims -> claims.put("signedInAt", facade.clock().instant().toEpochMilli()));

        assertThat(verify("").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role=admin", "group=/boss", "acr=gold", "provider=google"})
    void what_decides_about_a_rule_is_keycloaks(String rule) throws Exception {
        forge(claims -> claims.put("proxyGroups", "/boss,role:admin")
                .put("proxyUser", "boss")
                .put("acr", "gold")
                .put("provider", "google")
                .put("email", "boss@example.com")
                .put("emailVerified", true));

        assertThat(verify(rule).status()).isEqualTo(403);
        assertThat(headers(verify("")))
                .containsEntry("X-Auth-Request-Email", "ada@example.com")
                .containsEntry("X-Auth-Request-Preferred-Username", "")
                .containsEntry("X-Auth-Request-Groups", "")
                .containsEntry("X-Auth-Request-Provider", "github");
    }

    /** A read of the session keeps where and how the user signed in. It must not vouch for that. */
    @Test
    void a_read_in_between_vouches_for_nothing() throws Exception {
        forge(claims -> claims.put("acr", "gold").put("checkedAt", 1).put("checkedAtMillis", 1000));
        assertThat(facade.session(browser, PORTFOLIO)).contains("ada@example.com");

        assertThat(verify("acr=gold").status()).isEqualTo(403);
    }

    @Test
    void keycloak_is_asked_once() throws Exception {
        forge(claims -> claims.remove("proof"));
        assertThat(verify("").status()).isEqualTo(200);
        assertThat(verify("").status()).isEqualTo(200);

        assertThat(facade.keeper().questions()).hasSize(1);
    }

    @Test
    void without_keycloak_nobody_is_let_in() throws Exception {
        forge(claims -> claims.put("proxyGroups", "role:admin"));
        facade.goAway();

        assertThat(verify("role=admin").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "####", "AAAAAAAAAAAAAAAAAAAAAA"})
    void a_proof_cannot_be_guessed(String proof) throws Exception {
        forge(claims -> claims.put("sub", "boss").put("sid", "made up").put("proof", proof));

        assertThat(verify("").status()).isEqualTo(401);
    }

    /** A sign-in of later would not be part of the sign-out. */
    @Test
    void a_sign_in_of_the_future_ends_with_the_sign_out() throws Exception {
        forge(claims -> claims.put(
                        "signedInAt", facade.clock().instant().plusSeconds(14).toEpochMilli())
                .remove("proof"));
        assertThat(verify("").status()).isEqualTo(200);
        facade.clock().advance(Duration.ofSeconds(2));
        facade.changes().add(new Change.SessionEnded(facade.clock().instant(), "sid"));
        facade.poll();
        facade.keeper().end("sid");

        assertThat(verify("").status()).isEqualTo(401);
    }
}
