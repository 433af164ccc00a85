package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Every grant type of every Keycloak that we are for is one that the rules have an opinion on, and that the page explains. */
class GrantTypeTest {

    /** Where the build puts Keycloak's jars, a folder for each version. */
    private static final Path VERSIONS = Path.of("target", "keycloak-jars");

    private static final String FACTORIES =
            "META-INF/services/org.keycloak.protocol.oidc.grants.OAuth2GrantTypeFactory";

    static Stream<Path> versions() throws IOException {
        try (Stream<Path> folders = Files.list(VERSIONS)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void every_grant_type_of_keycloak_is_known(Path version) throws IOException {
        Set<String> ids = ids(version);

        assertThat(ids).as("what was read is what there is").contains("authorization_code", "password");
        assertThat(ids).allMatch(id -> GrantType.of(id).isPresent());
    }

    @Test
    void is_one_that_some_version_has() throws IOException {
        Set<String> all = new TreeSet<>();
        for (Path version : versions().toList()) {
            all.addAll(ids(version));
        }
        assertThat(Stream.of(GrantType.values()).map(GrantType::id)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void is_in_the_table_for_administrators() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/reference/grant-types.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();

        assertThat(rows)
                .containsAll(Stream.of(GrantType.values()).map(GrantType::id).toList());
    }

    private static Set<String> ids(Path version) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(version)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        Set<String> ids = new TreeSet<>();
        for (Path file : jars) {
            try (JarFile jar = new JarFile(file.toFile())) {
                for (String factory : factories(jar)) {
                    ids.add(id(jar, factory));
                }
            }
        }
        return ids;
    }

    private static List<String> factories(JarFile jar) throws IOException {
        ZipEntry services = jar.getEntry(FACTORIES);
        if (services == null) {
            return List.of();
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(jar.getInputStream(services), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toList());
        }
    }

    /** The one text that the method {@code getId} returns. */
    private static String id(JarFile jar, String factory) throws IOException {
        List<Object> constants = new ArrayList<>();
        new ClassReader(jar.getInputStream(jar.getEntry(factory.replace('.', '/') + ".class")))
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return name.equals("getId")
                                        ? new MethodVisitor(Opcodes.ASM9) {
                                            @Override
                                            public void visitLdcInsn(Object value) {
                                                constants.add(value);
                                            }
                                        }
                                        : null;
                            }
                        },
                        0);
        assertThat(constants).as(factory).hasSize(1);
        return (String) constants.get(0);
    }
}
