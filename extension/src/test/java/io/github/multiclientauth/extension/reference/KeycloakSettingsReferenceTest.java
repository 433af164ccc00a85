package io.github.multiclientauth.extension.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.IdentityProviderFactory;
import org.keycloak.common.Profile;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** The page is generated from what the factories tell Keycloak's admin console. */
class KeycloakSettingsReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "keycloak-settings.md");
    private static final Path SERVICES = Path.of("src", "main", "resources", "META-INF", "services");

    /** As Keycloak's {@code Spi} of the factory calls itself. */
    private static final Map<String, String> SPIS =
            Map.of("org.keycloak.services.resource.RealmResourceProviderFactory", "realm-restapi-extension");

    private static final String HEAD = """
            # Settings of the extension

            What the extension adds to Keycloak's admin console, under the names that the console shows. *Key* is what realm files, `kcadm` and
            the admin API call a setting.

            This page is made from the code (`KeycloakSettingsReferenceTest`). The build fails when it differs.

            ## In the admin console

            """;

    private static final String SERVER = """

            ## Of the server

            In `conf/keycloak.conf`, as an option with two dashes before it, or in the environment.

            """;

    private record Service(String spi, ProviderFactory<?> factory) {}

    private static List<Service> services() {
        try (Stream<Path> files = Files.list(SERVICES)) {
            List<Service> services = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                for (String name : Files.readAllLines(file)) {
                    if (!name.isBlank() && !name.startsWith("#")) {
                        services.add(new Service(String.valueOf(file.getFileName()), (ProviderFactory<?>)
                                instance(Class.forName(name.strip()))));
                    }
                }
            }
            services.sort(Comparator.comparing(service -> service.factory().getId()));
            return services;
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Object instance(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Those of ours: a provider that extends one of Keycloak's has Keycloak's too. */
    private static List<ProviderConfigProperty> own(ProviderFactory<?> factory) {
        Class<?> parent = factory.getClass().getSuperclass();
        Set<String> inherited = parent == Object.class || Modifier.isAbstract(parent.getModifiers())
                ? Set.of()
                : names(properties(instance(parent)));
        return properties(factory).stream()
                .filter(property -> !inherited.contains(property.getName()))
                .toList();
    }

    private static Set<String> names(List<ProviderConfigProperty> properties) {
        return properties.stream().map(ProviderConfigProperty::getName).collect(Collectors.toSet());
    }

    private static List<ProviderConfigProperty> properties(Object factory) {
        List<ProviderConfigProperty> properties = null;
        if (factory instanceof ConfiguredProvider configured) {
            properties = configured.getConfigProperties();
        } else if (factory instanceof IdentityProviderFactory<?> provider) {
            properties = provider.getConfigProperties();
        }
        return properties == null ? List.of() : properties;
    }

    private static String console() {
        return table("Step, mapper or provider", "Setting", "Key", "Type", "Default", "Meaning")
                + services().stream()
                        .map(Service::factory)
                        .flatMap(factory -> own(factory).stream()
                                .map(property -> row(
                                        "`" + factory.getId() + "`",
                                        label(property),
                                        "`" + property.getName() + "`",
                                        type(property),
                                        standard(property),
                                        meaning(property))))
                        .collect(Collectors.joining());
    }

    private static String server() {
        return table("Option", "Variable", "Type", "Default", "Meaning")
                + services().stream()
                        .filter(service -> hasOptionsOfItsOwn(service.factory()))
                        .flatMap(service -> service.factory().getConfigMetadata().stream()
                                .map(property -> {
                                    String option = String.join(
                                            "--",
                                            "spi-" + Objects.requireNonNull(SPIS.get(service.spi()), service.spi()),
                                            service.factory().getId(),
                                            property.getName());
                                    return row(
                                            "`" + option + "`",
                                            "`KC_" + option.replace('-', '_').toUpperCase(Locale.ROOT) + "`",
                                            type(property),
                                            standard(property),
                                            meaning(property));
                                }))
                        .collect(Collectors.joining());
    }

    private static boolean hasOptionsOfItsOwn(ProviderFactory<?> factory) {
        return Stream.of(factory.getClass().getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("getConfigMetadata"));
    }

    private static boolean isKeycloaks(ProviderConfigProperty property) {
        return property.getHelpText().endsWith(".tooltip");
    }

    private static String label(ProviderConfigProperty property) {
        return isKeycloaks(property) ? "as in Keycloak's own mappers" : property.getLabel();
    }

    private static String meaning(ProviderConfigProperty property) {
        return isKeycloaks(property) ? "as in Keycloak's own mappers" : property.getHelpText();
    }

    private static String type(ProviderConfigProperty property) {
        return switch (property.getType()) {
            case ProviderConfigProperty.BOOLEAN_TYPE -> "on or off";
            case ProviderConfigProperty.STRING_TYPE -> "text";
            case ProviderConfigProperty.LIST_TYPE -> "one of " + String.join(", ", property.getOptions());
            case ProviderConfigProperty.MULTIVALUED_STRING_TYPE -> "list of text";
            default -> throw new AssertionError("No name for the type " + property.getType());
        };
    }

    private static String standard(ProviderConfigProperty property) {
        return property.getDefaultValue() == null ? "none" : "`" + property.getDefaultValue() + "`";
    }

    private static String table(String... columns) {
        return row(columns) + "|" + "---|".repeat(columns.length) + "\n";
    }

    private static String row(String... cells) {
        assertThat(cells).as("a row of the reference").allMatch(cell -> !cell.isBlank());
        return Stream.of(cells)
                .map(cell -> cell.replace("|", "\\|").replace("<", "&lt;"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Keycloak's own providers ask which features are on. */
    @BeforeAll
    static void withTheFeaturesThatKeycloakHasByDefault() {
        Profile.defaults();
    }

    @AfterAll
    static void asBefore() {
        Profile.reset();
    }

    @Test
    void the_page_has_every_setting() throws IOException {
        String page = HEAD + console() + SERVER + server();
        if ("".equals(System.getProperty("reference.write")) || Boolean.getBoolean("reference.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as(
                        "%s differs from the code. To write it anew: mvn test -pl extension -am -Dtest='*ReferenceTest'"
                                + " -Dreference.write -Dsurefire.failIfNoSpecifiedTests=false",
                        PAGE)
                .isEqualTo(page);
    }
}
