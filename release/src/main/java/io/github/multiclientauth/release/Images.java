package io.github.multiclientauth.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** The container images that docker-compose.yml needs, as one archive for machines without a registry. */
final class Images {

    /** What docker-compose.yml takes unless {@code IMAGE_TAG} says otherwise. */
    static final String LOCAL_TAG = "${IMAGE_TAG:-local}";

    private Images() {}

    /** What {@code -Drelease.images=} can be. */
    enum Wanted {
        /** They are made if an engine answers and has, or can load, what they are built from. */
        AUTO,
        /** Without them there is no release. */
        REQUIRED,
        SKIP;

        static Wanted of(String option) {
            return switch (option) {
                case "auto" -> AUTO;
                case "required" -> REQUIRED;
                case "skip" -> SKIP;
                default ->
                    throw new IllegalStateException("-Drelease.images=" + option + " is not auto, required or skip");
            };
        }
    }

    /** The folder to build each image in, empty for those that a registry has, by the image's name without {@code IMAGE_TAG}. */
    static Map<String, Optional<String>> of(String compose) throws IOException {
        Map<String, Optional<String>> images = new LinkedHashMap<>();
        for (JsonNode service : new YAMLMapper().readTree(compose).path("services")) {
            // Others are aliases of a service.
            if (service.isObject()) {
                images.put(
                        service.path("image").asText().replaceAll("\\$\\{IMAGE_TAG:-([^}]+)}", "$1"),
                        Optional.ofNullable(service.get("build")).map(JsonNode::asText));
            }
        }
        return images;
    }

    /**
     * Builds and saves them.
     *
     * @param deploy a folder as it is packed for the release: docker-compose.yml and what its images are built from
     * @param archive the {@code .tar.gz} to write
     * @return whether they were saved
     * @throws IllegalStateException if they are required, and no engine answers or one cannot be built
     */
    static boolean save(Path deploy, Path archive, Wanted wanted, PrintStream screen)
            throws IOException, InterruptedException {
        if (wanted == Wanted.SKIP) {
            screen.println("THERE IS NO ARCHIVE OF THE IMAGES: -Drelease.images=skip");
            return false;
        }
        try {
            Program.run(deploy, "", List.of("docker", "version", "--format", "{{.Server.Version}}"));
        } catch (IOException | IllegalStateException silent) {
            if (wanted == Wanted.REQUIRED) {
                throw new IllegalStateException("No Docker engine answers, and -Drelease.images=required", silent);
            }
            screen.println("THERE IS NO ARCHIVE OF THE IMAGES: no Docker engine answers on this machine");
            return false;
        }
        try {
            save(deploy, archive, screen);
            return true;
        } catch (IllegalStateException failed) {
            if (wanted == Wanted.REQUIRED) {
                throw failed;
            }
            screen.println("THERE IS NO ARCHIVE OF THE IMAGES: " + failed.getMessage());
            return false;
        }
    }

    private static void save(Path deploy, Path archive, PrintStream screen) throws IOException, InterruptedException {
        Map<String, Optional<String>> images = of(Files.readString(deploy.resolve("docker-compose.yml")));
        for (Map.Entry<String, Optional<String>> image : images.entrySet()) {
            screen.println("Image " + image.getKey());
            if (image.getValue().isPresent()) {
                Program.run(
                        deploy,
                        "",
                        List.of(
                                "docker",
                                "build",
                                "-q",
                                "-t",
                                image.getKey(),
                                image.getValue().get()));
            } else if (!isHere(deploy, image.getKey())) {
                Program.run(deploy, "", List.of("docker", "pull", "-q", image.getKey()));
            }
        }
        Path tar = deploy.resolve("images.tar");
        List<String> save = new ArrayList<>(List.of("docker", "save", "-o", tar.toString()));
        save.addAll(images.keySet());
        Program.run(deploy, "", save);
        try (OutputStream compressed = new GZIPOutputStream(Files.newOutputStream(archive))) {
            Files.copy(tar, compressed);
        }
        Files.delete(tar);
    }

    private static boolean isHere(Path folder, String image) throws IOException, InterruptedException {
        try {
            Program.run(folder, "", List.of("docker", "image", "inspect", image));
            return true;
        } catch (IllegalStateException missing) {
            return false;
        }
    }
}
