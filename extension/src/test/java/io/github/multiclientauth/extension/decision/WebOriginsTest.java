package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebOriginsTest {

    @Test
    void are_compared_as_origins() {
        assertThat(WebOrigins.of(List.of(
                                "https://app.example.com:443", "HTTPS://APP.example.com", "http://localhost:3000"))
                        .origins())
                .containsExactlyInAnyOrder(
                        new Origin("https", "app.example.com", 443), new Origin("http", "localhost", 3000));
    }

    @Test
    void star_names_no_origin() {
        WebOrigins origins = WebOrigins.of(List.of("*", "https://app.example.com"));
        assertThat(origins.origins()).containsExactly(new Origin("https", "app.example.com", 443));
        assertThat(origins.ignored()).containsExactly("*");
    }

    @Test
    void entries_that_are_no_origins_are_ignored_and_reported() {
        WebOrigins origins = WebOrigins.of(List.of("https://app.example.com/", "https://*.example.com", "", "+"));
        assertThat(origins.origins()).isEmpty();
        assertThat(origins.ignored())
                .containsExactlyInAnyOrder("https://app.example.com/", "https://*.example.com", "", "+");
    }
}
