package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts are previews, as seen from outside. */
@QuarkusTest
@TestProfile(TwoApplications.WithPreviews.class)
class PreviewRoutesTest {

    private static final String PREVIEW = "pr-1-preview.localhost";
    private static final String CENTRAL = "auth-preview.localhost";

    @TestHTTPResource
    URI server;

    private Answer get(String path, String host, String... headers) {
        List<String> head = new ArrayList<>(List.of("GET /api/auth" + path + " HTTP/1.1", "Host: " + host));
        head.addAll(List.of(headers));
        return new RawHttp(server.getPort()).send("", head.toArray(String[]::new));
    }

    @Test
    void a_matching_host_is_served_like_an_application() {
        Answer answer = get("/session", PREVIEW);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.headers("set-cookie"))
                .isNotEmpty()
                .allMatch(cookie -> cookie.startsWith("authjs."))
                .noneMatch(cookie -> cookie.toLowerCase(Locale.ROOT).contains("domain"));
        assertThat(get("/session", PREVIEW.toUpperCase(Locale.ROOT)).status()).isEqualTo(200);
    }

    /** The sessions of previews must not open what is behind the application's proxy. */
    @Test
    void a_preview_is_another_application_for_a_reverse_proxy() {
        String secret = "X-Forward-Auth-Secret: " + TwoApplications.WithForwardAuth.SECRET;
        String page = "X-Original-URL: http://" + PREVIEW + "/";

        assertThat(get("/verify", PREVIEW, secret, page).status()).isEqualTo(401);
        assertThat(get("/verify?client=portfolio", PREVIEW, secret, page).body())
                .contains("\"rule\":\"client\"");
        assertThat(get("/verify?client=portfolio", "portfolio.test", secret, "X-Original-URL: http://portfolio.test/")
                        .status())
                .isEqualTo(401);
        assertThat(get("/verify", "portfolio.test", secret, page).status()).isEqualTo(400);
        assertThat(get("/verify", PREVIEW, secret, "X-Original-URL: http://portfolio.test/")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.test.pr-preview.localhost",
                "pr-preview.localhost.evil.test",
                "pr-preview.localhost:81",
                "pr-preview.localhost.",
                "-preview.localhost",
                "preview.localhost",
                "*-preview.localhost",
                "localhost",
                "evil.test"
            })
    void a_host_that_only_resembles_the_pattern_is_refused(String host) {
        Answer answer = get("/session", host);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers("set-cookie")).isEmpty();
    }

    @Test
    void an_origin_of_the_facade_is_no_preview() {
        assertThat(get("/session", CENTRAL).status()).isEqualTo(400);
        assertThat(get("/session", CENTRAL, "Origin: http://portfolio.test").headers("set-cookie"))
                .isNotEmpty()
                .allMatch(cookie -> cookie.startsWith("portfolio.authjs."));
    }

    /** The facade's own origins serve registered origins only: a page that matches a pattern reads nothing there. */
    @Test
    void a_preview_is_not_served_at_an_origin_of_the_facade() {
        Answer answer = get("/session", CENTRAL, "Origin: http://" + PREVIEW);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers("access-control-allow-origin")).isEmpty();
        assertThat(get("/session?client_origin=http://" + PREVIEW, CENTRAL).status())
                .isEqualTo(400);
    }

    @Test
    void an_answer_for_a_preview_is_redirected_there_for_every_client() {
        for (String header : List.of("Accept: text/html", "X-Auth-Return-Redirect: 1")) {
            Answer answer =
                    get("/callback/github?code=c&state=" + state("http://" + PREVIEW), "portfolio.test", header);

            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("location"))
                    .get()
                    .asString()
                    .startsWith("http://" + PREVIEW + "/api/auth/callback/github?hand_off=");
            assertThat(answer.headers("set-cookie")).isEmpty();
            assertThat(answer.header("referrer-policy")).hasValue("no-referrer");
            assertThat(answer.header("cache-control")).hasValue("private, no-cache, no-store");
        }
    }

    /** The state is genuine, so that only the directory can refuse the origin. */
    @ParameterizedTest
    @ValueSource(strings = {"http://evil.test", "http://a.b-preview.localhost", "http://portfolio.test"})
    void an_answer_is_redirected_to_previews_only(String origin) {
        Answer answer = get("/callback/github?code=c&state=" + state(origin), "portfolio.test");

        assertThat(answer.header("location"))
                .hasValueSatisfying(location ->
                        assertThat(location).startsWith("http://portfolio.test/api/auth/error?error=Configuration&"));
    }

    private static String state(String preview) {
        ApplicationSeals seals = new ApplicationSeals(
                new ApplicationSecrets(MasterSecrets.read(Map.of("AUTH_SECRET", TwoApplications.MASTER)::get)),
                new SecureRandom());
        String content = "{\"preview\":\"" + preview + "\",\"startedAt\":"
                + Instant.now().toEpochMilli() + "}";
        return seals.previewState("portfolio").seal(content.getBytes(StandardCharsets.UTF_8));
    }
}
