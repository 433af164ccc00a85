package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.seal.FileAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads secrets from files, as orchestrators mount them ({@code /run/secrets/…}). The setting that names the file is
 * the name of the secret's setting with {@code _FILE}, or {@code -file} if it is not a variable.
 *
 * <p>The content of such a file never appears in a message.
 *
 * @param access the users who may have access to the files
 */
public record SecretFiles(FileAccess access) {

    /** In bytes. Far more than any secret needs. */
    private static final int MAX_SIZE = 8 * 1024;

    private static final String SUFFIX_OF_VARIABLES = "_FILE";
    static final String SUFFIX = "-file";

    /** The setting about other readers, as an environment variable. */
    private static final String ACCESS_VARIABLE = "MCA_SECRET_FILES_ALLOW_OTHER_READERS";

    /** Secret files for the commands that read only the environment. */
    public static SecretFiles ofEnvironment() {
        return new SecretFiles(FileAccess.allowingOthers(Boolean.parseBoolean(System.getenv(ACCESS_VARIABLE))));
    }

    /**
     * Adds to the variables the secrets in files that {@code _FILE} variables name.
     *
     * @param variables returns the value of a variable, or null
     * @throws IllegalArgumentException when the function is called, naming the variable and the problem with its file
     */
    public Function<String, String> variables(Function<String, String> variables) {
        return name -> {
            String setting = name + SUFFIX_OF_VARIABLES;
            Optional<Path> file = given(variables, setting).map(text -> path(setting, text));
            return either(name, given(variables, name), setting, file, path -> read(setting, path))
                    .orElse(null);
        };
    }

    /**
     * The secrets in a setting, or in the file that the setting with {@code -file} names, separated by commas.
     *
     * @throws IllegalArgumentException naming the setting and what is wrong with it, never a secret
     */
    Optional<List<String>> secrets(String name, Optional<List<String>> values, Optional<Path> file) {
        String setting = name + SUFFIX;
        return either(name, values, setting, file, path -> several(read(setting, path)));
    }

    private static List<String> several(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    /**
     * The value of a setting, or the value made from the file that the neighbouring setting names.
     *
     * @throws UnusableSettingException if both are set
     */
    static <T> Optional<T> either(
            String name, Optional<T> value, String nameOfFile, Optional<Path> file, Function<Path, T> made) {
        if (value.isPresent() && file.isPresent()) {
            throw new UnusableSettingException(nameOfFile, "is set, and so is " + name + ": one of them is too many");
        }
        return value.or(() -> file.map(made));
    }

    private static Optional<String> given(Function<String, String> variables, String name) {
        return Optional.ofNullable(variables.apply(name)).filter(value -> !value.isEmpty());
    }

    private static Path path(String setting, String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new UnusableSettingException(setting, "is no path of a file");
        }
    }

    /** @throws UnusableSettingException naming the setting and what is wrong with the file */
    String read(String setting, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnusableSettingException(setting, "there is no file " + file);
        }
        requireClosed(setting, file);
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_SIZE + 1);
        } catch (IOException e) {
            throw new UnusableSettingException(
                    setting, file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        if (content.length > MAX_SIZE) {
            throw new UnusableSettingException(setting, file + " is larger than " + MAX_SIZE + " bytes");
        }
        String secret = withoutNewline(text(setting, file, content));
        if (secret.isEmpty()) {
            throw new UnusableSettingException(setting, file + " is empty");
        }
        return secret;
    }

    private void requireClosed(String setting, Path file) {
        try {
            access.problem(file).ifPresent(problem -> {
                throw new UnusableSettingException(setting, problem);
            });
        } catch (IOException e) {
            throw new UnusableSettingException(
                    setting,
                    "the permissions of " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    private static String text(String setting, Path file, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnusableSettingException(setting, file + " is no text (UTF-8)");
        }
    }

    /** Removes the line break at the end. Most editors and {@code echo} add one, and no secret ends with one. */
    private static String withoutNewline(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
