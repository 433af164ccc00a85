package io.github.multiclientauth.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sets the version in every place that names it. Java runs this file as it is ({@code .ci/version}), so it uses the JDK alone.
 *
 * <p>Between releases the version of Maven and of the chart ends with {@code -SNAPSHOT}. npm's has the number alone.
 */
final class Versions {

    private static final String ANY = "\\d+\\.\\d+\\.\\d+(?:-SNAPSHOT)?";
    private static final String SNAPSHOT = "-SNAPSHOT";
    private static final Pattern WHOLE = Pattern.compile(ANY);
    private static final Pattern TIMESTAMP =
            Pattern.compile("(<project\\.build\\.outputTimestamp>)([^<]+)(</project\\.build\\.outputTimestamp>)");
    private static final Pattern HEADING = Pattern.compile("(?m)^## \\[([^]]+)].*$");
    private static final String UNRELEASED = "## [Unreleased]";

    /** Sentences in pages, and names of files that Maven makes. */
    private static final Pattern IN_PAGES =
            Pattern.compile("(multi-client-auth-(?:extension|facade|adopt|chart|deploy|images|realm)-)(" + ANY + ")()");

    private static final Pattern NUMBER_IN_PAGES =
            Pattern.compile("(multi-client-auth-(?:npm-)?|Multi-Client Auth )(" + ANY + ")(\\.tgz| is active)");
    private static final Pattern IN_LOCK =
            Pattern.compile("(\"node_modules/multi-client-auth\": \\{\\s*\"version\": \")(" + ANY + ")(\")");

    private final Path root;

    Versions(Path root) {
        this.root = root;
    }

    /**
     * Prints the version, or sets it.
     *
     * @param arguments nothing, or the version and optionally the day of the release
     */
    public static void main(String[] arguments) throws IOException {
        Versions versions = new Versions(Path.of(""));
        if (arguments.length == 0) {
            System.out.println(versions.current());
            return;
        }
        if (arguments.length > 2 || !WHOLE.matcher(arguments[0]).matches()) {
            System.err.println("usage: .ci/version [VERSION [DAY]]\n"
                    + "VERSION is such as 1.2.3 or 1.3.0-SNAPSHOT, DAY such as 2026-12-24");
            System.exit(2);
        }
        LocalDate day = arguments.length == 2 ? LocalDate.parse(arguments[1]) : LocalDate.now(ZoneOffset.UTC);
        versions.set(arguments[0], day);
        System.out.println("The version is " + versions.current());
    }

    /** The version in the root POM. */
    String current() throws IOException {
        Place pom = poms().get(0);
        Matcher found = pom.pattern().matcher(Files.readString(pom.file()));
        if (!found.find()) {
            throw new IllegalStateException(pom.file() + " names no version");
        }
        return found.group(2);
    }

    /**
     * Sets the version everywhere, and the heading of the changelog. A release also sets the time of everything that is built.
     *
     * @throws IllegalStateException if a place does not name a version
     */
    void set(String version, LocalDate day) throws IOException {
        for (Place place : places()) {
            place.rewrite(version);
        }
        Path pom = root.resolve("pom.xml");
        Path changelog = root.resolve("CHANGELOG.md");
        if (version.endsWith(SNAPSHOT)) {
            rewrite(
                    changelog,
                    HEADING,
                    (found, first) -> first && !found.group().startsWith(UNRELEASED)
                            ? UNRELEASED + "\n\n" + found.group()
                            : found.group());
        } else {
            rewrite(pom, TIMESTAMP, (found, first) -> found.group(1) + day + "T00:00:00Z" + found.group(3));
            rewrite(
                    changelog,
                    HEADING,
                    (found, first) ->
                            found.group().startsWith(UNRELEASED) ? "## [" + version + "] - " + day : found.group());
        }
    }

    /** The places that name another version than the root POM, with what they name. */
    List<String> disagreements() throws IOException {
        String version = current();
        List<String> wrong = new ArrayList<>();
        for (Place place : places()) {
            place.pattern()
                    .matcher(Files.readString(place.file()))
                    .results()
                    .map(found -> found.group(2))
                    .filter(found -> !found.equals(place.form(version)))
                    .forEach(found -> wrong.add(root.relativize(place.file()) + ": " + found));
        }
        return wrong;
    }

    /**
     * Where a version is.
     *
     * @param pattern has the version as its second group
     * @param number whether it is without {@code -SNAPSHOT}
     * @param required whether the file must have one
     */
    private record Place(Path file, Pattern pattern, boolean number, boolean required) {

        String form(String version) {
            return number ? version.replace(SNAPSHOT, "") : version;
        }

        void rewrite(String version) throws IOException {
            boolean found =
                    Versions.rewrite(file, pattern, (match, first) -> match.group(1) + form(version) + match.group(3));
            if (required && !found) {
                throw new IllegalStateException(file + " names no version");
            }
        }
    }

    private List<Place> poms() throws IOException {
        Pattern own =
                Pattern.compile("(<artifactId>multi-client-auth</artifactId>\\s*<version>)(" + ANY + ")(</version>)");
        List<Place> poms = new ArrayList<>(List.of(new Place(root.resolve("pom.xml"), own, false, true)));
        try (Stream<Path> folders = Files.list(root)) {
            folders.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .forEach(pom -> poms.add(new Place(pom, own, false, true)));
        }
        return poms;
    }

    private List<Place> places() throws IOException {
        List<Place> places = new ArrayList<>(poms());
        Path chart = root.resolve("deploy/helm/multi-client-auth/Chart.yaml");
        places.add(new Place(chart, Pattern.compile("(?m)^(version: )(" + ANY + ")($)"), false, true));
        places.add(new Place(chart, Pattern.compile("(?m)^(appVersion: )(" + ANY + ")($)"), false, true));
        places.add(new Place(
                root.resolve("sdk/package.json"),
                Pattern.compile("(?m)^(  \"version\": \")(" + ANY + ")(\")"),
                true,
                true));
        places.add(new Place(root.resolve("examples/package-lock.json"), IN_LOCK, true, true));
        places.add(new Place(root.resolve("examples/nextjs/package-lock.json"), IN_LOCK, true, true));
        for (String folder : List.of("docs", "deploy", "realm-config", "sdk", "examples")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path page : files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("node_modules"))
                        .sorted()
                        .toList()) {
                    places.add(new Place(page, IN_PAGES, false, false));
                    places.add(new Place(page, NUMBER_IN_PAGES, true, false));
                }
            }
        }
        return places;
    }

    /**
     * Replaces what a pattern finds.
     *
     * @param replacement gets what was found, and whether it is the first
     * @return whether something was found
     */
    private static boolean rewrite(Path file, Pattern pattern, BiFunction<MatchResult, Boolean, String> replacement)
            throws IOException {
        String text = Files.readString(file);
        Matcher matcher = pattern.matcher(text);
        StringBuilder rewritten = new StringBuilder();
        boolean first = true;
        while (matcher.find()) {
            matcher.appendReplacement(rewritten, Matcher.quoteReplacement(replacement.apply(matcher, first)));
            first = false;
        }
        matcher.appendTail(rewritten);
        if (!rewritten.toString().equals(text)) {
            Files.writeString(file, rewritten);
        }
        return !first;
    }
}
