package io.github.multiclientauth.testbed.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All pages of the repository, and what is wrong with them. Each check gives one line for each mistake.
 *
 * @param root the folder of the repository
 * @param pages every Markdown file, by its path
 * @param sources every Java file, by the name of its class
 */
record Documentation(Path root, Map<Path, MarkdownPage> pages, Map<String, List<Path>> sources) {

    private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git", ".next");

    private static final String RUN_BY = "run by: ";
    private static final String NOT_RUN = "not run: ";
    private static final String FILE = "file: ";

    private static final Pattern SETTING =
            Pattern.compile("\\bmca(?:\\.(?:[a-z0-9][a-z0-9-]*|<client id>|\"[^\"]+\"))+", Pattern.CASE_INSENSITIVE);
    private static final Pattern OF_A_CLIENT = Pattern.compile("mca\\.clients\\.(?:\"[^\"]+\"|[^.]+)\\.");
    private static final Pattern VARIABLE = Pattern.compile("\\bMCA_(?:[A-Z0-9]|_|<(?:CLIENT )?ID>)+\\b");
    private static final Pattern VARIABLE_OF_A_CLIENT =
            Pattern.compile("MCA_CLIENTS_(?:<(?:CLIENT )?ID>|[A-Z0-9]+)_((?:AUTH_)?SECRET(?:_FILE)?)");
    private static final Pattern LOG_ID = Pattern.compile("\\bMCA[0-9]{5}\\b");
    private static final Pattern TEST = Pattern.compile("(?<![*\\w])[A-Z][A-Za-z0-9]*(?:IT|Test)\\b");

    /** What our pages print bold behind these words is a name of ours in the admin console; names of Keycloak's are in italics. */
    private static final Pattern IN_THE_CONSOLE =
            Pattern.compile("(?:→|\\bsteps?|\\bmappers?|\\bsettings?|\\brequired actions?) \\*\\*([^*]+)\\*\\*");

    static Documentation of(Path root) {
        Map<Path, MarkdownPage> pages = new TreeMap<>();
        Map<String, List<Path>> sources = new HashMap<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return SKIPPED.contains(String.valueOf(folder.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".md")) {
                        pages.put(root.relativize(file), MarkdownPage.read(file));
                    } else if (name.endsWith(".java")) {
                        sources.computeIfAbsent(name.replace(".java", ""), key -> new ArrayList<>())
                                .add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Documentation(root, pages, sources);
    }

    /** Links within the repository that lead nowhere: no such file, or no such heading in it. */
    List<String> brokenLinks() {
        List<String> mistakes = new ArrayList<>();
        pages.forEach((path, page) -> page.links().stream()
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !leadsSomewhere(path, link))
                .forEach(link -> mistakes.add(path + ": " + link)));
        return mistakes;
    }

    private boolean leadsSomewhere(Path from, String link) {
        URI target = URI.create(link);
        Path path = target.getPath().isEmpty()
                ? from
                : from.resolveSibling(target.getPath()).normalize();
        if (target.getFragment() == null) {
            return Files.exists(root.resolve(path));
        }
        MarkdownPage page = pages.get(path);
        return page != null && page.anchors().contains(target.getFragment());
    }

    /** Blocks that do not say what they contain; a command could hide in them. */
    List<String> blocksWithoutLanguage() {
        List<String> mistakes = new ArrayList<>();
        pages.forEach((path, page) -> page.blocks().stream()
                .filter(block -> block.language().isEmpty())
                .forEach(block -> mistakes.add(path + ":" + block.begin())));
        return mistakes;
    }

    /**
     * Commands of shell blocks that no test runs and that are not marked so. In front of each block is {@code <!-- run by: SomeIT -->},
     * with classes or scripts of {@code .ci/} in which the key words of each command occur, {@code <!-- file: path -->}, with a script
     * that a test names, or {@code <!-- not run: why -->}.
     */
    List<String> commandsThatNothingRuns() {
        List<String> mistakes = new ArrayList<>();
        pages.forEach((path, page) -> page.blocks().stream()
                .filter(CodeBlock::isShell)
                .forEach(block ->
                        notRun(path, block).ifPresent(why -> mistakes.add(path + ":" + block.begin() + ": " + why))));
        return mistakes;
    }

    private Optional<String> notRun(Path page, CodeBlock block) {
        String comment = block.comment().orElse("");
        if (comment.startsWith(NOT_RUN)) {
            return Optional.empty();
        }
        if (comment.startsWith(FILE)) {
            String name =
                    Path.of(comment.substring(FILE.length())).getFileName().toString();
            return isInATest(name) ? Optional.empty() : Optional.of("no test runs " + name);
        }
        if (!comment.startsWith(RUN_BY)) {
            return Optional.of("neither \"" + RUN_BY + "\" nor \"" + NOT_RUN + "\" in front of it");
        }
        StringBuilder runners = new StringBuilder();
        for (String name : comment.substring(RUN_BY.length()).split(", *")) {
            Optional<String> source = source(name);
            if (source.isEmpty()) {
                return Optional.of("there is no " + name);
            }
            runners.append(source.get());
        }
        if (runners.indexOf(page.toString()) >= 0) {
            // The test reads the command from the page.
            return Optional.empty();
        }
        return block.commands().stream()
                .flatMap(command -> CodeBlock.keyWords(command).stream())
                .filter(word -> runners.indexOf(word) < 0)
                .findFirst()
                .map(word -> "\"" + word + "\" is not in " + comment.substring(RUN_BY.length()));
    }

    private boolean isInATest(String name) {
        return sources.entrySet().stream()
                .filter(source -> TEST.matcher(source.getKey()).matches())
                .flatMap(source -> source.getValue().stream())
                .anyMatch(file -> read(file).contains('"' + name + '"'));
    }

    /** Blocks that differ from the file that the comment in front of them names. */
    List<String> blocksUnlikeTheirFile() {
        List<String> mistakes = new ArrayList<>();
        pages.forEach((path, page) -> page.blocks().stream()
                .filter(block -> block.comment().orElse("").startsWith(FILE))
                .filter(block -> !isItsFile(block))
                .forEach(block -> mistakes.add(path + ":" + block.begin())));
        return mistakes;
    }

    private boolean isItsFile(CodeBlock block) {
        Path file = root.resolve(block.comment().orElseThrow().substring(FILE.length()));
        return Files.isRegularFile(file) && read(file).equals(String.join("\n", block.lines()) + "\n");
    }

    private Optional<String> source(String name) {
        Path file = sources.getOrDefault(name, List.of(root.resolve(name))).get(0);
        boolean runs = sources.containsKey(name) || name.startsWith(".ci/");
        return runs && Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** Settings of the facade, steps, mappers and their settings that do not exist. */
    List<String> unknownSettings() {
        String facade = read(root.resolve("docs/reference/configuration-reference.md"));
        String extension = read(root.resolve("docs/reference/keycloak-settings.md"));
        String ofTheBuild = scripts();
        List<String> mistakes = new ArrayList<>();
        pages.forEach((path, page) -> {
            SETTING.matcher(page.text())
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> name.startsWith("mca."))
                    .map(name -> OF_A_CLIENT.matcher(name).replaceFirst("mca.clients.<client id>."))
                    .filter(name -> !facade.contains("`" + name + "`") && !facade.contains("`" + name + "."))
                    .forEach(name -> mistakes.add(path + ": " + name));
            VARIABLE.matcher(page.text())
                    .results()
                    .map(MatchResult::group)
                    .map(name -> VARIABLE_OF_A_CLIENT.matcher(name).replaceFirst("MCA_CLIENTS_<CLIENT ID>_$1"))
                    .filter(name -> !facade.contains("`" + name + "`"))
                    .filter(name -> !ofTheBuild.contains(name) && !isInCode('"' + name + '"', "adopt"))
                    .forEach(name -> mistakes.add(path + ": " + name));
            page.prose().stream()
                    .flatMap(line -> IN_THE_CONSOLE.matcher(line).results())
                    .map(name -> name.group(1))
                    .filter(name -> !extension.contains("| " + name + " |") && !isInCode('"' + name + '"', "extension"))
                    .forEach(name -> mistakes.add(path + ": " + name));
        });
        return mistakes;
    }

    private String scripts() {
        Path folder = root.resolve(".ci");
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(Documentation::read).collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isInCode(String text, String module) {
        Path folder = root.resolve(module).resolve("src/main");
        return sources.values().stream()
                .flatMap(List::stream)
                .filter(file -> file.startsWith(folder))
                .anyMatch(file -> read(file).contains(text));
    }

    /** Log ids that have no row in the reference. */
    List<String> unknownLogIds() {
        String reference = read(root.resolve("docs/reference/log-ids.md"));
        List<String> mistakes = new ArrayList<>();
        pages.forEach((path, page) -> LOG_ID.matcher(page.text())
                .results()
                .map(MatchResult::group)
                .filter(id -> !reference.contains("| " + id + " |"))
                .forEach(id -> mistakes.add(path + ": " + id)));
        return mistakes;
    }

    /** Classes of tests that do not exist. */
    List<String> unknownTests() {
        List<String> mistakes = new ArrayList<>();
        pages.forEach((path, page) -> TEST.matcher(page.text())
                .results()
                .map(MatchResult::group)
                .filter(name -> !sources.containsKey(name))
                .forEach(name -> mistakes.add(path + ": " + name)));
        return mistakes;
    }

    /** What the facade's pages say when something went wrong, and the page about troubleshooting does not repeat. */
    List<String> symptomsWithoutHelp() {
        String help = read(root.resolve("docs/how-to/troubleshooting.md"));
        List<String> mistakes = new ArrayList<>();
        read(root.resolve("facade/src/main/resources/io/github/multiclientauth/facade/page/texts.properties"))
                .lines()
                .filter(line -> line.matches("(problem\\.[a-z-]+\\.heading|notice\\.[a-z-]+)=.*"))
                .map(line -> line.substring(line.indexOf('=') + 1).replaceAll("\\..*", ""))
                // The name of an application.
                .map(words -> words.replace("{0} ", ""))
                .filter(words -> !help.contains(words))
                .forEach(mistakes::add);
        return mistakes;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
