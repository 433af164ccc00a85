package io.github.multiclientauth.release;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signatures beside the files: {@code .asc} by GPG, {@code .sig} as cosign has it.
 *
 * @param gpgKey the id of GPG's key
 * @param gpgPassphrase its passphrase. Without one GPG's agent asks for it, if the key has one
 * @param cosignKey the file with the private key
 * @param gpgHome GPG's folder, unless it is the usual one
 */
record Signatures(
        Optional<String> gpgKey, Optional<String> gpgPassphrase, Optional<Path> cosignKey, Optional<Path> gpgHome) {

    static final String PUBLIC_KEY = "cosign.pub";

    /** Takes the keys from {@code -Drelease.gpg.key} and {@code -Drelease.cosign.key}, the passphrase from the environment. */
    static Signatures of(Map<String, String> properties, Map<String, String> environment) {
        return new Signatures(
                Optional.ofNullable(properties.get("release.gpg.key")),
                Optional.ofNullable(environment.get("RELEASE_GPG_PASSPHRASE")),
                Optional.ofNullable(properties.get("release.cosign.key")).map(Path::of),
                Optional.empty());
    }

    /** Keeps the passphrase out of messages. */
    @Override
    public String toString() {
        return "Signatures[gpgKey=" + gpgKey + ", cosignKey=" + cosignKey + "]";
    }

    /** Signs the files, and says what it has not signed. */
    void sign(Collection<Path> files, PrintStream screen) throws IOException, InterruptedException {
        if (gpgKey.isPresent()) {
            for (Path file : files) {
                gpg(file);
            }
        }
        if (cosignKey.isPresent()) {
            CosignKey key = CosignKey.read(cosignKey.get());
            for (Path file : files) {
                key.sign(file);
            }
            Path folder = files.iterator().next().getParent();
            Files.writeString(folder.resolve(PUBLIC_KEY), key.publicPem());
        }
        if (gpgKey.isEmpty() && cosignKey.isEmpty()) {
            screen.println("NOTHING IS SIGNED: neither -Drelease.gpg.key nor -Drelease.cosign.key names a key");
        } else if (gpgKey.isEmpty() || cosignKey.isEmpty()) {
            screen.println("There are no signatures of "
                    + (gpgKey.isEmpty() ? "GPG: -Drelease.gpg.key" : "cosign: -Drelease.cosign.key") + " names no key");
        }
    }

    private void gpg(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gpg", "--batch", "--yes"));
        gpgHome.ifPresent(home -> command.addAll(List.of("--homedir", home.toString())));
        if (gpgPassphrase.isPresent()) {
            command.addAll(List.of("--pinentry-mode", "loopback", "--passphrase-fd", "0"));
        }
        command.addAll(List.of(
                "--local-user",
                gpgKey.orElseThrow(),
                "--armor",
                "--detach-sign",
                "--output",
                file + ".asc",
                file.toString()));
        Program.run(file.getParent(), gpgPassphrase.orElse("") + "\n", command);
    }
}
