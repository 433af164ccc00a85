package io.github.multiclientauth.facade.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.wire.Page;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

    private static final OperatorFiles NONE = new OperatorFiles(Optional.empty());

    @TempDir
    Path directory;

    private static Properties bundle(String name) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Resources.read(name)));
        return properties;
    }

    @Test
    void every_bundle_has_every_text() throws IOException {
        assertThat(bundle("texts_de.properties").stringPropertyNames())
                .isEqualTo(bundle("texts.properties").stringPropertyNames());
    }

    /** A plain apostrophe is an escape in MessageFormat, and would vanish. */
    @ParameterizedTest
    @ValueSource(strings = {"texts.properties", "texts_de.properties"})
    void every_text_has_the_same_placeholders_in_all_languages(String name) throws IOException {
        Properties english = bundle("texts.properties");
        bundle(name).forEach((key, text) -> {
            assertThat((String) text).as("%s", key).isNotBlank().doesNotContain("'");
            assertThat(((String) text).contains("{0}"))
                    .as("%s", key)
                    .isEqualTo(english.getProperty((String) key).contains("{0}"));
        });
    }

    @Test
    void every_message_has_a_text_and_every_text_is_used() throws IOException {
        Texts texts = new Languages(NONE).best(null);
        Set<String> used = new TreeSet<>();
        for (Page.Notice notice : Page.Notice.values()) {
            assertThat(texts.of(notice)).isNotBlank();
            used.add("notice." + dashed(notice));
        }
        for (Page.Cause cause : Page.Cause.values()) {
            used.add("problem." + dashed(cause) + ".heading");
            used.add("problem." + dashed(cause) + ".text");
        }
        used.addAll(inTemplates());
        used.addAll(Set.of("back", "home", "sessions.device", "sessions.unknown-device"));
        used.addAll(Set.of("ago.now", "ago.minutes", "ago.hours", "ago.days"));

        assertThat(bundle("texts.properties").stringPropertyNames()).containsExactlyInAnyOrderElementsOf(used);
    }

    private static Set<String> inTemplates() {
        Pattern use = Pattern.compile("text\\.of\\('([^']+)'");
        return Stream.of("layout", "sign-in", "sign-out", "sessions", "problem")
                .map(name -> Resources.read("/templates/" + name + ".html"))
                .flatMap(template -> use.matcher(template).results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({
        "0, just now, gerade eben",
        "59, just now, gerade eben",
        "60, 1 minute ago, vor 1 Minute",
        "3599, 59 minutes ago, vor 59 Minuten",
        "3600, 1 hour ago, vor 1 Stunde",
        "86399, 23 hours ago, vor 23 Stunden",
        "86400, 1 day ago, vor 1 Tag",
        "172800, 2 days ago, vor 2 Tagen",
        // The clocks of two servers differ.
        "-5, just now, gerade eben",
    })
    void says_how_long_ago_a_time_was(long seconds, String english, String german) {
        Page.Sessions page = (Page.Sessions) SamplePages.all().stream()
                .filter(Page.Sessions.class::isInstance)
                .findFirst()
                .orElseThrow();
        Languages languages = new Languages(NONE);

        assertThat(languages.best("en").ago(page, page.now().minusSeconds(seconds)))
                .isEqualTo(english);
        assertThat(languages.best("de").ago(page, page.now().minusSeconds(seconds)))
                .isEqualTo(german);
    }

    private static String dashed(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    @Test
    void the_operator_replaces_texts_and_adds_languages() throws IOException {
        Files.writeString(directory.resolve("texts.properties"), "sign-in.title=Welcome to {0}\n");
        Files.writeString(directory.resolve("texts_fr.properties"), "sign-in.title=Connexion à {0}\n");
        Languages languages = new Languages(new OperatorFiles(Optional.of(directory)));

        assertThat(languages.best("en").of("sign-in.title", "Shop")).isEqualTo("Welcome to Shop");
        assertThat(languages.best("fr-CA").of("sign-in.title", "Shop")).isEqualTo("Connexion à Shop");
        assertThat(languages.best("fr").of("sign-out.button")).isEqualTo("Sign out");
        assertThat(languages.best("de").of("sign-in.title", "Shop")).isEqualTo("Bei Shop anmelden");
    }

    @Test
    void a_mistake_in_the_operators_files_is_an_error_that_names_it() throws IOException {
        Files.writeString(directory.resolve("texts_de.properties"), "sign-in.titel=x\n");
        OperatorFiles files = new OperatorFiles(Optional.of(directory));

        assertThatThrownBy(() -> new Languages(files))
                .hasMessage("mca.pages.directory: texts_de.properties: there is no text called sign-in.titel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signin.html", "styles.css", "messages.properties", "texts_de-AT.properties"})
    void a_file_that_no_page_uses_is_an_error(String name) throws IOException {
        Files.writeString(directory.resolve(name), "");

        assertThatThrownBy(() -> new OperatorFiles(Optional.of(directory))).hasMessageContaining(name);
    }

    @Test
    void other_files_are_ignored() throws IOException {
        Files.writeString(directory.resolve("README.md"), "");
        Files.createDirectory(directory.resolve("..data"));

        assertThat(new OperatorFiles(Optional.of(directory)).isEmpty()).isTrue();
    }

    @Test
    void a_missing_directory_is_an_error() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> new OperatorFiles(Optional.of(missing)))
                .hasMessageContaining("mca.pages.directory")
                .hasMessageContaining("missing");
    }
}
