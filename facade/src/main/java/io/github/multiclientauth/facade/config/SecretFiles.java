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
 * Secrets that are in files of their own, as orchestrators mount them ({@code /run/secrets/…}): the setting that names the
 * file has the name of the secret's with {@code _FILE} behind it, or {@code -file} where it is not a variable.
 *
 * <p>What is in such a file is never in a message.
 *
 * @param access who may have access to the files
 */
public record SecretFiles(FileAccess access) {

    /** In bytes: many times the longest secret that anybody uses. */
    private static final int MAX_SIZE = 8 * 1024;

    private static final String SUFFIX_OF_VARIABLES = "_FILE";
    static final String SUFFIX = "-file";

    /** The setting about other readers, as a variable of the environment. */
    private static final String ACCESS_VARIABLE = "MCA_SECRET_FILES_ALLOW_OTHER_READERS";

    /** For the commands that read the environment alone. */
    public static SecretFiles ofEnvironment() {
        return new SecretFiles(FileAccess.allowingOthers(Boolean.parseBoolean(System.getenv(ACCESS_VARIABLE))));
    }

    /**
     * The variables with the secrets that others name the files of.
     *
     * @param variables gives the value of a variable, or null
     * @throws IllegalArgumentException when it is asked, naming the variable and what is wrong with its file
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
     * The secrets of a setting, or of the file that the setting beside it names, separated by commas in either.
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
     * What a setting says, or what is made of the file that the setting beside it names; not both.
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

    /** Most editors and {@code echo} end a file with one; no secret does. */
    private static String withoutNewline(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
