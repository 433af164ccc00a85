package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that enters the facade's own origin takes nothing from the applications that are served there. */
@QuarkusTest
@TestProfile(TwoApplications.AtCentralHostThatAClientEntered.class)
class CentralOriginEnteredTest {

    @TestHTTPResource
    URI server;

    private Answer get(String path, String... headers) {
        List<String> head = new ArrayList<>(List.of("GET /api/auth" + path + " HTTP/1.1", "Host: auth.test"));
        head.addAll(List.of(headers));
        return new RawHttp(server.getPort()).send("", head.toArray(String[]::new));
    }

    @Test
    void a_page_of_an_application_is_answered_as_before() {
        Answer answer = get("/session", "Origin: http://portfolio.test");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("access-control-allow-origin")).containsExactly("http://portfolio.test");
        assertThat(answer.headers("set-cookie"))
                .isNotEmpty()
                .allMatch(cookie -> cookie.startsWith("portfolio.authjs."));
    }

    @Test
    void a_sign_in_still_belongs_to_the_application_that_it_names() {
        assertThat(get("/signin?callbackUrl=http://portfolio.test/", "Accept: text/html")
                        .body())
                .contains("Portfolio")
                .doesNotContain("Newcomer");
    }

    @Test
    void a_request_that_names_no_application_belongs_to_that_client() {
        assertThat(get("/signin", "Accept: text/html").body()).contains("Newcomer");
        assertThat(get("/signin", "Accept: text/html", "Referer: https://search.example/")
                        .body())
                .contains("Newcomer");
    }
}
