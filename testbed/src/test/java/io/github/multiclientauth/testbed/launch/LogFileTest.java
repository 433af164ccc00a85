package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private final Logger root = LogManager.getLogManager().getLogger("");

    @Test
    void captures_log_messages_until_it_is_closed(@TempDir Path directory) throws IOException {
        List<Object> before = List.of((Object[]) root.getHandlers());
        Path path = directory.resolve("100 %h").resolve("testbed.log");

        try (LogFile file = new LogFile(path)) {
            assertThat(root.getHandlers())
                    .as("%s alone", file)
                    .hasSize(1)
                    .doesNotContainAnyElementsOf(handlers(before));
            Logger.getLogger("a.library").warning("Zoë was here");
        }

        assertThat(root.getHandlers()).containsExactlyElementsOf(handlers(before));
        assertThat(Files.readString(path)).contains("Zoë was here");
    }

    private static List<java.util.logging.Handler> handlers(List<Object> objects) {
        return objects.stream().map(java.util.logging.Handler.class::cast).toList();
    }
}
