package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.seal.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A secret in a file of its own that is read again each time it is asked for, so that the secret can be changed without a
 * restart; while the file is not as it has to be, as in the moment in which it is replaced, the last one counts.
 */
final class SecretFile implements Supplier<Secret> {

    private final String setting;
    private final Path file;
    private Secret last;
    private boolean told;

    private SecretFile(String setting, Path file, Secret first) {
        this.setting = setting;
        this.file = file;
        this.last = first;
    }

    /** @throws UnusableSettingException if there is no secret in it */
    static SecretFile of(String setting, Path file) {
        return new SecretFile(setting, file, new Secret(SecretFiles.read(setting, file)));
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
            return Optional.of(new Secret(SecretFiles.read(setting, file)));
        } catch (UnusableSettingException e) {
            return Optional.empty();
        }
    }
}
