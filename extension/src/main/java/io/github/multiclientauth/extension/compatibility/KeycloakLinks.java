package io.github.multiclientauth.extension.compatibility;

import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for the classes, methods and fields that a list names, one a line: {@code owner}, or {@code owner name
 * descriptor}, internal names and descriptors as in JVMS, section 4.
 */
final class KeycloakLinks {

    private final ClassLoader loader;

    KeycloakLinks(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Returns the lines whose class, method or field is missing. A line that cannot be checked counts as present, since
     * a false alarm would stop sign-ins.
     */
    List<String> missing(List<String> links) {
        return links.stream().filter(this::isMissing).toList();
    }

    private boolean isMissing(String link) {
        String[] parts = link.split(" ");
        try {
            Optional<Class<?>> owner = load(parts[0]);
            return owner.isEmpty()
                    || parts.length >= 3 && lineage(owner.get()).noneMatch(type -> declares(type, parts[1], parts[2]));
        } catch (TypeNotPresentException e) {
            // A descriptor names a class that is not there.
            return true;
        } catch (LinkageError e) {
            return false;
        }
    }

    private Optional<Class<?>> load(String internalName) {
        try {
            return Optional.of(Class.forName(internalName.replace('/', '.'), false, loader));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private boolean declares(Class<?> type, String name, String descriptor) {
        if (!descriptor.startsWith("(")) {
            return Arrays.stream(type.getDeclaredFields())
                    .anyMatch(field -> field.getName().equals(name)
                            && field.getType().descriptorString().equals(descriptor));
        }
        MethodType wanted = MethodType.fromMethodDescriptorString(descriptor, loader);
        if (name.equals("<init>")) {
            return Arrays.stream(type.getDeclaredConstructors()).anyMatch(found -> takes(found, wanted));
        }
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(found -> found.getName().equals(name)
                        && found.getReturnType() == wanted.returnType()
                        && takes(found, wanted));
    }

    private static boolean takes(Executable found, MethodType wanted) {
        return Arrays.equals(found.getParameterTypes(), wanted.parameterArray());
    }

    /** The class and all its supertypes. */
    private static Stream<Class<?>> lineage(Class<?> start) {
        Stream.Builder<Class<?>> lineage = Stream.builder();
        Deque<Class<?>> left = new ArrayDeque<>(List.of(start));
        while (!left.isEmpty()) {
            Class<?> type = left.remove();
            lineage.add(type);
            if (type.getSuperclass() != null) {
                left.add(type.getSuperclass());
            }
            left.addAll(Arrays.asList(type.getInterfaces()));
        }
        return lineage.build();
    }
}
