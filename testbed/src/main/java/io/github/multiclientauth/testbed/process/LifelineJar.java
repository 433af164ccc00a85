package io.github.multiclientauth.testbed.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Packs {@link Lifeline} as a Java agent. It does so at run time, so that the launcher needs no second artifact and also works from a
 * class folder.
 */
final class LifelineJar {

    private LifelineJar() {}

    /** Writes the agent into {@code directory}, replaces an older one, and returns its path. */
    static Path in(Path directory) throws IOException {
        Files.createDirectories(directory);
        String entry = Lifeline.class.getName().replace('.', '/') + ".class";
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Lifeline.class.getName());
        Path written = Files.createTempFile(directory, "lifeline", ".tmp");
        try (InputStream bytes = Lifeline.class.getClassLoader().getResourceAsStream(entry);
                OutputStream file = Files.newOutputStream(written);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            if (bytes == null) {
                throw new IllegalStateException("The class " + entry + " is not on the class path");
            }
            jar.putNextEntry(new JarEntry(entry));
            bytes.transferTo(jar);
        }
        return Files.move(written, directory.resolve("lifeline.jar"), StandardCopyOption.REPLACE_EXISTING);
    }
}
