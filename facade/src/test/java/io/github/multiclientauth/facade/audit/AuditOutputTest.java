package io.github.multiclientauth.facade.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.fake.LogLines;
import io.github.multiclientauth.facade.fake.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditOutputTest {

    private static final String LINE = "{\"event\":\"sign_in\",\"origin\":\"{0} %s ${x}\"}";

    @TempDir
    private Path folder;

    private final Logger category = Logger.getLogger(AuditOutput.CATEGORY);

    @AfterEach
    void leave_the_category_as_it_was() {
        category.setUseParentHandlers(true);
        category.setLevel(null);
    }

    @Test
    void a_line_is_exactly_what_was_given_and_is_in_no_other_log() throws IOException {
        Path file = folder.resolve("audit.log");
        try (LogLines log = new LogLines()) {
            log.listen();
            AuditOutput output = AuditOutput.open(Optional.of(file), new MovableClock());
            output.accept(LINE);
            output.accept(LINE);
            output.close();

            assertThat(log.lines()).isEmpty();
        }
        assertThat(file).hasContent(LINE + "\n" + LINE + "\n");
    }

    @Test
    void lines_are_appended_to_those_of_before() throws IOException {
        Path file = Files.writeString(folder.resolve("audit.log"), "before\n");
        AuditOutput output = AuditOutput.open(Optional.of(file), new MovableClock());
        output.accept(LINE);
        output.close();

        assertThat(file).hasContent("before\n" + LINE + "\n");
    }

    @Test
    void is_written_whatever_level_other_messages_have() throws IOException {
        Path file = folder.resolve("audit.log");
        Logger parent = Logger.getLogger("mca");
        Level before = parent.getLevel();
        parent.setLevel(Level.OFF);
        try {
            AuditOutput output = AuditOutput.open(Optional.of(file), new MovableClock());
            output.accept(LINE);
            output.close();
        } finally {
            parent.setLevel(before);
        }
        assertThat(file).hasContent(LINE + "\n");
    }

    @Test
    void a_file_that_cannot_be_opened_is_an_error_at_the_start() throws IOException {
        Path occupied = Files.writeString(folder.resolve("a-file"), "");

        assertThatThrownBy(() -> AuditOutput.open(Optional.of(occupied.resolve("audit.log")), new MovableClock()))
                .isInstanceOf(IOException.class);
    }
}
