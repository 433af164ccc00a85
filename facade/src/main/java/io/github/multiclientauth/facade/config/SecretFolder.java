package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.seal.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with one file for each client secret, named after the client id. It is read again each time, so that a new
 * application needs no restart.
 *
 * <p>In a file name, {@code %} and two hexadecimal digits stand for a byte of the client id in UTF-8. Names that begin
 * with a dot are ignored: Kubernetes and editors use them for what is not a secret yet ({@code ..data}). So are folders.
 * A file that cannot be used costs only its client the new secret: the last one stays in use.
 */
final class SecretFolder {

    private static final String SETTING = "mca.client-secrets.directory";

    /** What the JDK puts in place of bytes that are no text. */
    private static final String NO_TEXT = "\uFFFD";

    private final SecretFiles files;
    private final Path folder;
    private Map<ClientId, Secret> last = Map.of();
    private Set<String> told = Set.of();

    private SecretFolder(SecretFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** @throws UnusableSettingException if there is no such folder, or it cannot be read */
    static SecretFolder of(SecretFiles files, Path folder) {
        SecretFolder secrets = new SecretFolder(files, folder);
        try {
            secrets.list();
        } catch (IOException e) {
            throw new UnusableSettingException(SETTING, secrets.unreadable(e));
        }
        return secrets;
    }

    /** The current secrets. May block. */
    synchronized Map<ClientId, Secret> secrets() {
        Set<String> problems = new HashSet<>();
        try {
            last = read(list(), problems);
        } catch (IOException e) {
            problems.add(SETTING + ": " + unreadable(e));
        }
        problems.stream().filter(problem -> !told.contains(problem)).sorted().forEach(StartLog.LOG::secretUnusable);
        told = problems;
        return last;
    }

    private Map<ClientId, Secret> read(List<Path> found, Set<String> problems) {
        Map<ClientId, Path> named = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
        Set<ClientId> twice = new HashSet<>();
        for (Path file : found) {
            clientId(file.getFileName().toString())
                    .ifPresentOrElse(
                            id -> {
                                Path other = named.putIfAbsent(id, file);
                                if (other != null) {
                                    twice.add(id);
                                    problems.add(SETTING + ": " + other + " and " + file + " are both for the client "
                                            + id + ", so none of them is used");
                                }
                            },
                            () -> problems.add(SETTING + ": the name of " + file + " is no client id. Write % and two"
                                    + " hexadecimal digits only for a byte of UTF-8"));
        }
        Map<ClientId, Secret> secrets = new HashMap<>();
        named.forEach((id, file) -> (twice.contains(id) ? Optional.<Secret>empty() : secret(file, problems))
                .or(() -> Optional.ofNullable(last.get(id)))
                .ifPresent(secret -> secrets.put(id, secret)));
        return Map.copyOf(secrets);
    }

    private Optional<Secret> secret(Path file, Set<String> problems) {
        try {
            return Optional.of(new Secret(files.read(SETTING, file)));
        } catch (UnusableSettingException e) {
            problems.add(e.getMessage());
            return Optional.empty();
        }
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .filter(entry -> !Files.isDirectory(entry))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The client id in a file name; empty if there is none in it. */
    static Optional<ClientId> clientId(String fileName) {
        try {
            // A plus sign stands for itself, unlike in forms.
            String id = URLDecoder.decode(fileName.replace("+", "%2B"), StandardCharsets.UTF_8);
            return id.contains(NO_TEXT) ? Optional.empty() : Optional.of(new ClientId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String unreadable(IOException e) {
        return Files.isDirectory(folder)
                ? "the folder " + folder + " cannot be read (" + e.getClass().getSimpleName() + ")"
                : "there is no folder " + folder;
    }
}
