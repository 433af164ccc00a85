package io.github.multiclientauth.facade.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.config.FacadeConfig;
import io.github.multiclientauth.facade.reference.JavaSources.Method;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {

    private static final String HEAD = """
            # Settings of the facade

            Every setting of the facade's own; [Configuration](configuration.md) says how they belong together. Each can come from the environment,
            from a system property, or from `config/application.properties` in the folder in which the service is started. Durations are written like `30S`, `5M`, `12H`, `30D`, sizes like `64K`, `16M`.
            Settings of Quarkus (`quarkus.…`: ports, proxies, logs, traces) work as Quarkus describes them.

            This page is made from the code (`ConfigurationReferenceTest`). The build fails when it differs.

            ## Master secrets

            They have the names that Auth.js has for them, and no others.

            """;

    private static final String MASTERS = "the master secret; at least 32 bytes that cannot be guessed";
    private static final String FURTHER = "a further master secret, tried before those with lower numbers, to rotate";

    private final Map<String, Method> sources =
            JavaSources.methods(Path.of("src", "main", "java", "io", "github", "multiclientauth", "facade", "config"))
                    .stream()
                    .collect(Collectors.toMap(
                            method -> method.type() + "." + method.name(), Function.identity(), (one, other) -> one));

    private String settings() {
        List<String> rows = new ArrayList<>();
        collect(FacadeConfig.class, "mca.", rows);
        return String.join("", rows);
    }

    private void collect(Class<?> group, String prefix, List<String> rows) {
        Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(Comparator.comparing(java.lang.reflect.Method::getName))
                .forEach(method -> {
                    String name = prefix + kebab(method.getName());
                    Type type = method.getGenericReturnType();
                    if (type instanceof Class<?> nested && isGroup(nested)) {
                        collect(nested, name + ".", rows);
                    } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
                        collect((Class<?>) map.getActualTypeArguments()[1], name + ".<client id>.", rows);
                    } else {
                        rows.add(row(method, name, type));
                    }
                });
    }

    private static boolean isGroup(Class<?> type) {
        return type.isInterface() && type.getEnclosingClass() == FacadeConfig.class;
    }

    private String row(java.lang.reflect.Method method, String name, Type type) {
        Method source = sources.get(method.getDeclaringClass().getSimpleName() + "." + method.getName());
        assertThat(source.doc()).as("Javadoc of %s", name).isNotBlank();
        return Reference.row(
                "`" + name + "`",
                "`" + variable(name) + "`",
                type(type),
                standard(method, type),
                Javadoc.markdown(source.doc()));
    }

    private static String variable(String name) {
        return name.replace("<client id>", "<CLIENT ID>")
                .replaceAll("[.-]", "_")
                .toUpperCase(Locale.ROOT);
    }

    private static String standard(java.lang.reflect.Method method, Type type) {
        WithDefault standard = method.getAnnotation(WithDefault.class);
        if (standard != null) {
            return "`" + standard.value() + "`";
        }
        return isOptional(type) ? "none" : "must be set";
    }

    private static boolean isOptional(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class ? "list of " + type(argument) : type(argument);
        }
        Map<Type, String> names = Map.of(
                URI.class, "URL",
                Path.class, "path",
                Duration.class, "duration",
                MemorySize.class, "size",
                String.class, "text",
                int.class, "number",
                boolean.class, "`true` or `false`");
        return Optional.ofNullable(names.get(type))
                .orElseThrow(() -> new AssertionError("No name for the type " + type));
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String masters() {
        StringBuilder rows = new StringBuilder(Reference.table(List.of("Variable", "Meaning")));
        for (String name : List.of("AUTH_SECRET", "AUTH_SECRET_1", "AUTH_SECRET_2", "AUTH_SECRET_3")) {
            rows.append(Reference.row("`" + name + "`", name.equals("AUTH_SECRET") ? MASTERS : FURTHER));
            rows.append(Reference.row("`" + name + "_FILE`", "a file with it and nothing else, in place of it"));
        }
        return rows.toString();
    }

    @Test
    void the_page_has_every_setting() {
        Reference.of("configuration-reference.md")
                .holdTo(HEAD + masters() + "\n## Settings\n\n"
                        + Reference.table(List.of("Setting", "Variable", "Type", "Default", "Meaning")) + settings());
    }

    @Test
    void every_secret_may_be_in_a_file() {
        assertThat(settings().lines().map(line -> line.split("`")[1]).toList())
                .filteredOn(name -> name.endsWith("secret"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(settings()).contains("`" + name + "-file`"));
    }
}
