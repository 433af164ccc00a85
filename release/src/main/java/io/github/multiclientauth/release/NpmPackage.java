package io.github.multiclientauth.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The npm package as {@code npm pack} packs it, so that a release needs no Node.js: the files that package.json names, below
 * {@code package/}.
 */
final class NpmPackage {

    private NpmPackage() {}

    static Archive of(Path sdk) throws IOException {
        JsonNode description =
                new ObjectMapper().readTree(sdk.resolve("package.json").toFile());
        Archive archive = new Archive();
        // These are always in a package.
        for (String name : new String[] {"package.json", "README.md", "LICENSE"}) {
            archive.file("package/" + name, sdk.resolve(name));
        }
        for (JsonNode file : description.path("files")) {
            if (!Files.isDirectory(sdk.resolve(file.asText()))) {
                throw new IllegalStateException("\"files\" in sdk/package.json names " + file + ", which is no folder");
            }
            archive.folder("package/" + file.asText(), sdk.resolve(file.asText()));
        }
        return archive;
    }
}
