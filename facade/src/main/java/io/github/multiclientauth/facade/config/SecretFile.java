package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.seal.Secret;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A secret in a file. The file is read again each time, so that the secret can be changed without a restart. While the
 * file is unusable, for example while it is being replaced, the last secret stays in use.
 */
final class SecretFile implements Supplier<Secret> {

    private final SecretFiles files;
    private final String setting;
    private final Path file;
    private Secret last;
    private boolean told;

    private SecretFile(SecretFiles files, String setting, Path file, Secret first) {
        this.files = files;
        this.setting = setting;
        this.file = file;
        this.last = first;
    }

    /** @throws UnusableSettingException if the file contains no secret */
    static SecretFile of(SecretFiles files, String setting, Path file) {
        return new SecretFile(files, setting, file, new Secret(files.read(setting, file)));
    }

    @Override
    public synchronized Secret get() {
        try {
            last = new Secret(files.read(setting, file));
            told = false;
        } catch (UnusableSettingException e) {
            tell(e.getMessage());
        }
        return last;
    }

    private void tell(String why) {
        if (!told) {
            StartLog.LOG.secretFileUnusable(why);
        }
        told = true;
    }
}
