package io.github.multiclientauth.extension.compatibility;

import io.github.multiclientauth.extension.compatibility.ClassFile.Member;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;

/** The classes of one version of Keycloak beside ours, resolved as the JVM does (JVMS, section 5.4.3). */
final class KeycloakVersion {

    private final Map<String, ClassFile> keycloak;
    private final Map<String, ClassFile> ours;
    private final Map<String, Optional<ClassFile>> others = new HashMap<>();

    private KeycloakVersion(Map<String, ClassFile> keycloak, Map<String, ClassFile> ours) {
        this.keycloak = keycloak;
        this.ours = ours;
    }

    /** @param jars a folder with Keycloak's jars */
    static KeycloakVersion of(Path jars, Map<String, ClassFile> ours) throws IOException {
        Map<String, ClassFile> classes = new HashMap<>();
        List<Path> files;
        try (Stream<Path> listed = Files.list(jars)) {
            files = listed.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path file : files) {
            try (JarFile jar = new JarFile(file.toFile())) {
                for (JarEntry entry : jar.stream()
                        .filter(e -> e.getName().startsWith("org/keycloak/")
                                && e.getName().endsWith(".class"))
                        .toList()) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        ClassFile read = ClassFile.read(content.readAllBytes());
                        classes.put(read.name(), read);
                    }
                }
            }
        }
        return new KeycloakVersion(classes, ours);
    }

    /** How many classes it has: none would make every other answer worthless. */
    int size() {
        return keycloak.size();
    }

    /** What is wrong with a link; empty if the JVM would resolve it, or if it leads neither to Keycloak nor through it. */
    Optional<String> problem(Link link) {
        if (!isKeycloaks(link.owner()) && !ours.containsKey(link.owner())) {
            return Optional.empty();
        }
        Optional<ClassFile> owner = find(link.owner());
        if (owner.isEmpty()) {
            return Optional.of("there is no class " + link.owner());
        }
        if (link instanceof Link.ToMethod method) {
            if (owner.get().isInterface() != method.onInterface()) {
                return Optional.of(link.text() + ": class and interface are mixed up");
            }
            return member(
                    link,
                    lineage(owner.get()).stream().flatMap(c -> c.method(method.name(), method.descriptor()).stream()),
                    method.isStatic());
        }
        if (link instanceof Link.ToField field) {
            return member(
                    link,
                    lineage(owner.get()).stream().flatMap(c -> c.field(field.name(), field.descriptor()).stream()),
                    field.isStatic());
        }
        return Optional.empty();
    }

    private static Optional<String> member(Link link, Stream<Member> found, boolean isStatic) {
        Optional<Member> member = found.findFirst();
        if (member.isEmpty()) {
            return Optional.of("there is no " + link.text());
        }
        return member.get().has(Opcodes.ACC_STATIC) == isStatic
                ? Optional.empty()
                : Optional.of(link.text() + ": static there and not here, or the other way round");
    }

    /** Methods that this version wants and the class, which is one of ours and no abstract one, does not have. */
    List<String> missing(ClassFile own) {
        List<String> missing = new ArrayList<>();
        List<ClassFile> lineage = lineage(own);
        for (ClassFile parent : lineage) {
            for (Member wanted : parent.methods()) {
                boolean there = !wanted.has(Opcodes.ACC_ABSTRACT)
                        || lineage.stream()
                                .flatMap(c -> c.method(wanted.name(), wanted.descriptor()).stream())
                                .anyMatch(method -> !method.has(Opcodes.ACC_ABSTRACT));
                if (!there) {
                    missing.add(own.name() + " lacks " + parent.name() + '.' + wanted.name() + wanted.descriptor());
                }
            }
        }
        return missing;
    }

    /** Final classes that we extend, and final methods that we override. */
    List<String> forbidden(ClassFile own) {
        List<String> forbidden = new ArrayList<>();
        for (ClassFile parent : lineage(own).stream().skip(1).toList()) {
            if ((parent.access() & Opcodes.ACC_FINAL) != 0) {
                forbidden.add(own.name() + " extends the final " + parent.name());
            }
            own.methods().stream()
                    .filter(method -> !method.name().startsWith("<") && !method.has(Opcodes.ACC_PRIVATE))
                    .flatMap(method -> parent.method(method.name(), method.descriptor()).stream())
                    .filter(method -> method.has(Opcodes.ACC_FINAL) && !method.has(Opcodes.ACC_PRIVATE))
                    .forEach(method ->
                            forbidden.add(own.name() + " overrides the final " + parent.name() + '.' + method.name()));
        }
        return forbidden;
    }

    /** The class, its superclasses, then all their interfaces. */
    private List<ClassFile> lineage(ClassFile start) {
        Set<ClassFile> classes = new LinkedHashSet<>();
        for (Optional<ClassFile> c = Optional.of(start); c.isPresent(); c = parent(c.get())) {
            classes.add(c.get());
        }
        Set<ClassFile> all = new LinkedHashSet<>(classes);
        classes.forEach(c -> addInterfaces(c, all));
        return List.copyOf(all);
    }

    private Optional<ClassFile> parent(ClassFile c) {
        return c.parent() == null ? Optional.empty() : find(c.parent());
    }

    private void addInterfaces(ClassFile c, Set<ClassFile> all) {
        for (String name : c.interfaces()) {
            find(name).ifPresent(found -> {
                all.add(found);
                addInterfaces(found, all);
            });
        }
    }

    private Optional<ClassFile> find(String name) {
        if (isKeycloaks(name)) {
            return Optional.ofNullable(keycloak.get(name));
        }
        ClassFile own = ours.get(name);
        return own == null ? others.computeIfAbsent(name, KeycloakVersion::ofJvm) : Optional.of(own);
    }

    private static boolean isKeycloaks(String name) {
        return name.startsWith("org/keycloak/");
    }

    /** Classes that are neither Keycloak's nor ours: the JDK, and libraries of Keycloak. */
    private static Optional<ClassFile> ofJvm(String name) {
        try (InputStream content = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            return content == null ? Optional.empty() : Optional.of(ClassFile.read(content.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
