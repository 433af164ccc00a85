package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewsTest {

    private static final List<String> WEB_ORIGINS = List.of("https://app.example.com", "https://www.example.com");
    private static final List<String> REDIRECT_URIS =
            List.of("https://app.example.com/api/auth/callback/*", "https://other.example.com/cb", "com.example:/cb");

    @Test
    void come_from_all_mappers_together_in_one_spelling() {
        Previews previews = Previews.of(
                PreviewEntries.of(
                        List.of(
                                "https://*-preview.example.com:443 ## HTTPS://Pr-*.example.com",
                                "https://*-x.example.com"),
                        List.of("https://APP.example.com:443")),
                WEB_ORIGINS,
                REDIRECT_URIS);

        assertThat(previews.patterns())
                .containsExactly(
                        "https://*-preview.example.com", "https://*-x.example.com", "https://pr-*.example.com");
        assertThat(previews.callbackOrigin()).hasValue("https://app.example.com");
        assertThat(previews.ignored()).isEmpty();
        assertThat(previews.problem()).isEmpty();
    }

    @Test
    void leave_out_what_is_no_pattern() {
        Previews previews =
                previews("https://*.com##https://a.*.example.com##https://*-p.example.com", "https://app.example.com");

        assertThat(previews.patterns()).containsExactly("https://*-p.example.com");
        assertThat(previews.ignored()).containsExactly("https://*.com", "https://a.*.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "https://*.example.com, '', no callback origin",
        "https://*.example.com, https://app.example.com/, no callback origin",
        "https://*.example.com, https://*.example.com, no callback origin",
        "https://*.example.com, https://app.example.com##https://www.example.com, no callback origin",
        "https://*.example.com, https://other.example.com, Web origins",
        "https://*.example.com, http://app.example.com, Web origins",
        "https://*.example.com, https://www.example.com, redirect URIs",
        "'', https://app.example.com, no usable pattern",
        "*, https://app.example.com, no usable pattern",
    })
    void are_off_unless_keycloak_sends_codes_to_the_callback_origin_already(
            String patterns, String callbackOrigin, String problem) {
        Previews previews = previews(patterns, callbackOrigin);

        assertThat(previews.patterns()).isEmpty();
        assertThat(previews.callbackOrigin()).isEmpty();
        assertThat(previews.problem()).get().asString().contains(problem);
    }

    @Test
    void of_a_client_without_a_mapper_are_no_problem() {
        for (PreviewEntries entries : List.of(
                PreviewEntries.NONE,
                PreviewEntries.of(List.of(), List.of()),
                PreviewEntries.of(Arrays.asList("", null), Collections.singletonList(null)))) {
            assertThat(Previews.of(entries, WEB_ORIGINS, REDIRECT_URIS).problem())
                    .isEmpty();
        }
    }

    private static Previews previews(String patterns, String callbackOrigin) {
        return Previews.of(PreviewEntries.of(List.of(patterns), List.of(callbackOrigin)), WEB_ORIGINS, REDIRECT_URIS);
    }
}
