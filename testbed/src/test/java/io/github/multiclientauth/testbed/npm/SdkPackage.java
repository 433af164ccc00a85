package io.github.multiclientauth.testbed.npm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The npm package as applications install it before it is published: packed. */
public final class SdkPackage {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final NodeJs node;
    private final Path sdk;

    /** @param sdk the folder {@code sdk} */
    public SdkPackage(NodeJs node, Path sdk) {
        this.node = node;
        this.sdk = sdk;
    }

    /** Packs it and installs it into a folder, which becomes an application. Needs no registry: it has no dependencies. */
    public void installInto(Path application) throws IOException, InterruptedException {
        Files.createDirectories(application);
        Files.writeString(application.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
        node.npm(
                List.of("pack", sdk.toString(), "--pack-destination", application.toString()),
                application.resolve("npm-pack.log"),
                LIMIT);
        Path packed = packed(application);
        node.npm(
                List.of(
                        "install",
                        "--offline",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        application.toString(),
                        packed.toString()),
                application.resolve("npm-install.log"),
                LIMIT);
    }

    private static Path packed(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "multi-client-auth-*.tgz")) {
            return files.iterator().next();
        }
    }
}
