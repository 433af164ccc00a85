package io.github.multiclientauth.facade.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.oidc.ClientKeys;
import io.github.multiclientauth.facade.oidc.KeycloakEndpoint;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[0-9]");

    private static Properties bundle(String name) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Resources.read(name)));
        return properties;
    }

    @Test
    void both_languages_have_the_same_texts_with_the_same_placeholders() throws IOException {
        Properties english = bundle("status.properties");
        Properties german = bundle("status_de.properties");

        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        english.forEach((key, text) -> {
            String other = german.getProperty((String) key);
            assertThat(placeholders(other)).as("%s", key).isEqualTo(placeholders((String) text));
            assertThat(text + other)
                    .as("%s, since a plain apostrophe is an escape", key)
                    .doesNotContain("'");
        });
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void every_text_is_used() throws IOException {
        Set<String> used = new TreeSet<>(Pattern.compile("text\\.of\\('([^']+)'")
                .matcher(Resources.read("/templates/status.html"))
                .results()
                .map(match -> match.group(1))
                .toList());
        Arrays.stream(KeycloakEndpoint.values()).forEach(endpoint -> used.add("endpoint." + dashed(endpoint)));
        Arrays.stream(ClientKeys.Use.values()).forEach(use -> used.add("keys." + dashed(use)));
        used.addAll(Set.of("problem.unknown", "problem.emptied", "doctor.ended", "doctor.running"));
        used.addAll(Set.of("applications.shown", "keys.left", "keys.expired", "keys.unlimited", "ago", "ago.now"));
        used.addAll(Set.of("duration.moment", "duration.seconds", "duration.minutes"));
        used.addAll(Set.of("duration.hours", "duration.days"));

        assertThat(bundle("status.properties").stringPropertyNames()).containsExactlyInAnyOrderElementsOf(used);
    }

    private static String dashed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @ParameterizedTest
    @CsvSource({
        "-5, less than a second, weniger als 1 s",
        "0, less than a second, weniger als 1 s",
        "1, 1 s, 1 s",
        "59, 59 s, 59 s",
        "60, 1 min 0 s, 1 min 0 s",
        "3599, 59 min 59 s, 59 min 59 s",
        "3660, 1 h 1 min, 1 h 1 min",
        "86400, 1 day 0 h, 1 d 0 h",
        "180000, 2 days 2 h, 2 d 2 h",
    })
    void says_how_long_something_lasts(long seconds, String english, String german) {
        Duration duration = Duration.ofSeconds(seconds);

        assertThat(Languages.ofStatus().best("en").duration(duration)).isEqualTo(english);
        assertThat(Languages.ofStatus().best("de").duration(duration)).isEqualTo(german);
    }
}
