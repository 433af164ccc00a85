package io.github.multiclientauth.testbed.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds scripts, pages, Maven profiles, modules and commands that a text names and this repository does not have. */
final class NamedCommands {

    private static final Path ROOT = Path.of("..");
    private static final String MAIN = "facade/src/main/java/io/github/multiclientauth/facade/FacadeMain.java";

    /** What a name looks like, and how to see that it exists. */
    private static final Map<Pattern, Predicate<String>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(Pattern.compile("(?<![\\w/])(\\.ci/[\\w-]+)"), name -> Files.isExecutable(ROOT.resolve(name)));
        KINDS.put(
                Pattern.compile("(?<![\\w/-])((?:[\\w-]+/)*[\\w-]+\\.md)\\b"),
                name -> Files.exists(ROOT.resolve(name)));
        KINDS.put(
                Pattern.compile("mvn .*-P([\\w-]+)"),
                name -> Stream.of("pom.xml", "testbed/pom.xml").anyMatch(pom -> has(pom, "<id>" + name + "</id>")));
        KINDS.put(
                Pattern.compile("mvn .*\\b([a-z]+):[a-z]+"),
                name -> has("pom.xml", "<artifactId>" + name + "-maven-plugin</artifactId>"));
        KINDS.put(
                Pattern.compile("mvn .*-pl ([\\w,]+)"),
                names -> Stream.of(names.split(",")).allMatch(name -> has("pom.xml", "<module>" + name + "</module>")));
        KINDS.put(Pattern.compile("quarkus-run\\.jar ([a-z-]+)"), name -> has(MAIN, '"' + name + '"'));
    }

    private NamedCommands() {}

    static List<String> missing(String text) {
        return KINDS.entrySet().stream()
                .flatMap(kind -> kind.getKey()
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .filter(kind.getValue().negate()))
                .toList();
    }

    private static boolean has(String file, String text) {
        try {
            return Files.readString(ROOT.resolve(file)).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
