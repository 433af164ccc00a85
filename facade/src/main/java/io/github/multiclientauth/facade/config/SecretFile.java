package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.seal.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A secret in a file of its own, as container platforms mount them. Read again each time it is asked for, so that the
 * secret can be changed without a restart; while the file cannot be read, as in the moment in which it is replaced, the
 * last one counts.
 */
final class SecretFile implements Supplier<Secret> {

    private final Path file;
    private Secret last;
    private boolean told;

    private SecretFile(Path file, Secret first) {
        this.file = file;
        this.last = first;
    }

    /** @throws UnusableSettingException if there is no secret in it */
    static SecretFile of(String setting, Path file) {
        try {
            return read(file)
                    .map(secret -> new SecretFile(file, secret))
                    .orElseThrow(() -> new UnusableSettingException(setting, file + " is empty"));
        } catch (IOException e) {
            throw new UnusableSettingException(
                    setting, file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public synchronized Secret get() {
        Optional<Secret> now = readAgain();
        if (now.isEmpty() && !told) {
            StartLog.LOG.secretFileUnreadable(file);
        }
        told = now.isEmpty();
        last = now.orElse(last);
        return last;
    }

    private Optional<Secret> readAgain() {
        try {
            return read(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Editors and {@code echo} end a file with a line break, which belongs to no secret. */
    private static Optional<Secret> read(Path file) throws IOException {
        String text = Files.readString(file).stripTrailing();
        return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text));
    }
}
