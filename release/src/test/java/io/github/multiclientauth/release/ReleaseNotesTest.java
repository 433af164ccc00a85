package io.github.multiclientauth.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReleaseNotesTest {

    private static final String CHANGELOG = """
            # Changelog

            ## [Unreleased]

            - New

            ## [0.2.0] - 2026-12-01

            ### Added

            - [A page](docs/a.md#part), [elsewhere](https://example.com/), [here](#added)

            ## [0.1.0] - 2026-11-01

            ## [0.0.1] - 2026-10-01

            - Old
            """;

    @Test
    void are_what_the_changelog_says_about_the_version() {
        assertThat(ReleaseNotes.of(CHANGELOG, "0.2.0")).isEqualTo("""
                # Multi-Client Auth for Keycloak 0.2.0

                ### Added

                - [A page](https://github.com/multiclientauth/multi-client-auth/blob/v0.2.0/docs/a.md#part), \
                [elsewhere](https://example.com/), [here](#added)
                """);
        assertThat(ReleaseNotes.of(CHANGELOG, "0.0.1")).endsWith("\n\n- Old\n");
    }

    @Test
    void a_snapshot_has_what_is_not_released_yet() {
        assertThat(ReleaseNotes.of(CHANGELOG, "0.3.0-SNAPSHOT")).endsWith("\n\n- New\n");
    }

    @Test
    void a_release_without_notes_is_refused() {
        assertThatThrownBy(() -> ReleaseNotes.of(CHANGELOG, "0.1.0")).hasMessageContaining("[0.1.0]");
        assertThatThrownBy(() -> ReleaseNotes.of(CHANGELOG, "0.3.0")).hasMessageContaining("[0.3.0]");
    }

    @Test
    void the_changelog_has_notes_for_this_version() throws IOException {
        assertThat(ReleaseNotes.of(
                        Files.readString(Path.of("..", "CHANGELOG.md")),
                        Project.built().version()))
                .startsWith("# Multi-Client Auth for Keycloak ");
    }
}
