package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.FacadeAccount.NoAnswerException;
import io.github.multiclientauth.facade.seal.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests requests and answers against a small server on loopback. */
@Timeout(60)
class FacadeAccountTest {

    private static final int MANY = 20;

    private final MovableClock machine = new MovableClock();
    private final KeycloakClock clock = new KeycloakClock(machine);
    private final StandInKeycloak realm = new StandInKeycloak();
    private final FacadeAccount account = realm.account(() -> new Secret("canary-secret"), clock);

    @BeforeEach
    void grantTokens() {
        realm.accessToken("first");
        realm.changes(200, "{}");
    }

    @AfterEach
    void close() {
        realm.close();
    }

    private int ask() throws NoAnswerException {
        return account.send(
                        KeycloakEndpoint.CHANGES,
                        () -> new HTTPRequest(HTTPRequest.Method.GET, URI.create(realm.issuer() + "/changes?after=x")))
                .status();
    }

    @Test
    void a_refused_token_is_replaced_and_the_request_sent_again() throws NoAnswerException {
        ask();
        realm.refuse("first");
        realm.accessToken("second");

        assertThat(ask()).isEqualTo(200);
        assertThat(realm.asked("/changes"))
                .extracting(asked -> asked.authorization().orElseThrow())
                .containsExactly("Bearer first", "Bearer first", "Bearer second");
    }

    /** A client policy for all clients may demand it, such as a profile of FAPI 2.0. */
    @Test
    void proves_possession_of_a_key_once_keycloak_binds_its_tokens() throws Exception {
        realm.token(200, "{\"access_token\":\"bound\",\"token_type\":\"DPoP\",\"expires_in\":60}");
        realm.wantProof();

        assertThat(ask()).isEqualTo(200);

        var asked = realm.asked("/changes").get(0);
        assertThat(asked.authorization()).contains("DPoP bound");
        var proof = SignedJWT.parse(asked.dpop().orElseThrow()).getJWTClaimsSet();
        assertThat(proof.getStringClaim("htu")).isEqualTo(realm.issuer() + "/changes");
        assertThat(proof.getStringClaim("htm")).isEqualTo("GET");
        assertThat(proof.getStringClaim("ath"))
                .isEqualTo(Base64URL.encode(
                                MessageDigest.getInstance("SHA-256").digest("bound".getBytes(StandardCharsets.UTF_8)))
                        .toString());
        machine.advance(Duration.ofMinutes(2));
        ask();
        assertThat(realm.asked("/token")).as("without one more refusal").hasSize(3);
    }

    @Test
    void a_request_is_sent_only_twice() throws NoAnswerException {
        realm.refuse("first");

        assertThat(ask()).isEqualTo(401);
        assertThat(realm.asked("/changes")).hasSize(2);
        assertThat(realm.asked("/token")).hasSize(2);
    }

    /** Both stop everything at the start, where nobody looks for them: the log has to say which it is. */
    @ParameterizedTest
    @CsvSource({
        "Token is not active, clock skew: ",
        "Token was issued in the future, clock skew: ",
        "Token was issued too far in the past to be used now, clock skew: ",
        "Signature on JWT token failed validation, Keycloak refuses the client the facade (invalid_client: Client auth",
        "Error when loading public keys: javax.net.ssl.SSLHandshakeException, Keycloak refuses the client the facade (invalid_client: Client auth",
    })
    void a_wrong_clock_is_called_clock_skew(String says, String message) {
        realm.token(
                400,
                "{\"error\":\"invalid_client\",\"error_description\":\"Client authentication with signed JWT failed: "
                        + says + "\"}");

        assertThatThrownBy(this::ask).isInstanceOf(NoAnswerException.class).hasMessageStartingWith(message);
    }

    @Test
    void another_issuer_is_not_called_unreachable() {
        realm.metadata("issuer", "https://other.example/realms/test");

        assertThatThrownBy(this::ask)
                .isInstanceOf(NoAnswerException.class)
                .hasMessageStartingWith("mca.issuer is not the name of this Keycloak: ");
    }

    @Test
    void other_refusals_do_not_cost_a_token() throws NoAnswerException {
        realm.changes(403, "");

        assertThat(ask()).isEqualTo(403);
        assertThat(ask()).isEqualTo(403);
        assertThat(realm.asked("/token")).hasSize(1);
    }

    @Test
    void simultaneous_requests_share_one_new_token() throws Exception {
        assertThat(simultaneously()).hasSize(MANY).containsOnly("200");

        assertThat(realm.asked("/token")).hasSize(1);
    }

    @Test
    void simultaneous_requests_share_one_new_token_after_the_old_one_was_refused() throws Exception {
        ask();
        realm.refuse("first");
        realm.accessToken("second");

        assertThat(simultaneously()).hasSize(MANY).containsOnly("200");
        assertThat(realm.asked("/token")).hasSize(2);
    }

    /** Otherwise the last of many callers would wait as many times as long as the first. */
    @Test
    void simultaneous_requests_share_the_failure_of_a_token_request() throws Exception {
        realm.token(503, "text/html", "away");

        assertThat(simultaneously()).hasSize(MANY).containsOnly(realm.issuer() + "/token answered with status 503");
        assertThat(realm.asked("/token")).hasSize(1);

        realm.accessToken("first");
        assertThat(ask()).isEqualTo(200);
    }

    /** Sends requests from many threads. The token is answered only when all of them wait. */
    private Collection<String> simultaneously() throws InterruptedException {
        List<String> outcomes = new CopyOnWriteArrayList<>();
        CountDownLatch allWait = new CountDownLatch(1);
        realm.beforeToken(allWait);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            threads.add(new Thread(() -> {
                try {
                    outcomes.add(String.valueOf(ask()));
                } catch (NoAnswerException e) {
                    outcomes.add(e.getMessage());
                }
            }));
        }
        threads.forEach(Thread::start);
        while (!threads.stream().allMatch(FacadeAccountTest::isWaiting)) {
            Thread.onSpinWait();
        }
        allWait.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return outcomes;
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void a_wrong_clock_is_corrected_by_the_first_token() throws NoAnswerException {
        realm.accessToken(StandInKeycloak.signed(StandInKeycloak.claims(realm.issuer())
                .issueTime(Date.from(machine.instant().minusSeconds(120)))));

        ask();

        assertThat(clock.ahead()).isBetween(Duration.ofSeconds(-121), Duration.ofSeconds(-118));
        assertThat(account.clockAhead())
                .hasValueSatisfying(
                        ahead -> assertThat(ahead).isBetween(Duration.ofSeconds(-121), Duration.ofSeconds(-120)));
    }

    @Test
    void a_corrected_clock_does_not_change_how_long_a_token_is_used() throws NoAnswerException {
        ask();
        clock.learn(machine.instant().plusSeconds(600), machine.instant(), Duration.ofMillis(1));
        ask();
        assertThat(realm.asked("/token")).hasSize(1);

        machine.advance(Duration.ofSeconds(41));
        ask();
        assertThat(realm.asked("/token")).hasSize(2);
    }

    @Test
    void no_failure_repeats_a_secret_or_a_token() {
        realm.token(200, "{\"access_token\":\"canary-token\"");

        assertThatThrownBy(this::ask).isInstanceOf(NoAnswerException.class).hasMessageNotContaining("canary");
    }
}
