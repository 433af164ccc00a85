package io.github.multiclientauth.testbed.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * A log file for the libraries of this process, such as Vert.x and the stand-in providers. While it is open, they log to the file instead
 * of the screen, where the demo prints its own messages.
 */
final class LogFile implements AutoCloseable {

    private final Logger root = LogManager.getLogManager().getLogger("");
    private final List<Handler> replaced = List.of(root.getHandlers());
    private final Handler file;

    LogFile(Path path) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        // The handler takes a pattern, in which % has a special meaning.
        file = new FileHandler(path.toString().replace("%", "%%"));
        file.setEncoding(StandardCharsets.UTF_8.name());
        file.setFormatter(new SimpleFormatter());
        replaced.forEach(root::removeHandler);
        root.addHandler(file);
    }

    @Override
    public void close() {
        root.removeHandler(file);
        file.close();
        replaced.forEach(root::addHandler);
    }
}
