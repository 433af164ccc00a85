package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that come from no application's origin. */
@EndToEnd
class RecognitionIT {

    private final Chain chain;
    private final Visitor visitor;

    RecognitionIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "csrf", "providers", "signin/github", "callback/github", "signout", "error"})
    void the_facades_own_address_belongs_to_no_application(String action) {
        Answer answer = visitor.get(URI.create(chain.facade() + "/api/auth/" + action));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.location()).isEmpty();
        assertThat(answer.setCookies()).isEmpty();
    }

    @Test
    void browsers_get_a_page_programs_get_json_and_getsession_gets_null() {
        URI signIn = URI.create(chain.facade() + "/api/auth/signin");
        URI session = URI.create(chain.facade() + "/api/auth/session");

        assertThat(visitor.get(signIn, "Accept", "text/html")
                        .document()
                        .select("h1")
                        .text())
                .isEqualTo("This address is not set up for sign-in");
        assertThat(visitor.get(signIn, "Accept", "application/json")
                        .json()
                        .path("message")
                        .asText())
                .contains("not set up");
        assertThat(visitor.get(session).body()).isEqualTo("null");
    }

    @Test
    void an_unknown_host_is_refused_and_not_echoed() throws IOException {
        String answer = raw("GET /api/auth/signin/github HTTP/1.1\r\nHost: evil.example\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("evil.example");
    }

    @Test
    void forwarded_headers_from_untrusted_clients_are_ignored() {
        Answer answer = visitor.get(
                URI.create(chain.portfolio() + "/api/auth/signin/github"),
                "X-Forwarded-Host",
                chain.dashboard().host() + ":" + chain.dashboard().port(),
                "X-Forwarded-Proto",
                "https",
                "Forwarded",
                "host=evil.example;proto=https");

        assertThat(answer.location().map(URI::toString).orElseThrow()).contains("client_id=portfolio");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/auth/x/../session", "/api/auth/%73ession", "/api/auth//session/x", "/API/auth/session"})
    void another_spelling_of_a_route_is_not_found(String target) throws IOException {
        Origin portfolio = chain.portfolio();
        String answer =
                raw("GET " + target + " HTTP/1.1\r\nHost: " + portfolio.host() + ":" + portfolio.port() + "\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("null");
    }

    /** Sends a request directly to the facade on its own connection. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(chain.facade().host(), chain.facade().port())) {
            socket.getOutputStream()
                    .write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
