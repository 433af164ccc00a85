package io.github.multiclientauth.release;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of CHANGELOG.md that is about one version. */
final class ReleaseNotes {

    private static final Pattern HEADING = Pattern.compile("(?m)^## \\[([^]]+)](.*)$");
    private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:|#)([^)]+)\\)");

    private ReleaseNotes() {}

    /**
     * The notes of a version, whose links lead into the repository. A snapshot has those of what is not released yet.
     *
     * @throws IllegalStateException if the changelog says nothing about it
     */
    static String of(String changelog, String version) {
        boolean snapshot = version.endsWith("-SNAPSHOT");
        String wanted = snapshot ? "Unreleased" : version;
        Matcher heading = HEADING.matcher(changelog);
        while (heading.find()) {
            if (heading.group(1).equals(wanted)) {
                int begin = heading.end();
                String notes = changelog
                        .substring(begin, heading.find() ? heading.start() : changelog.length())
                        .strip();
                if (notes.isEmpty() && !snapshot) {
                    break;
                }
                String links = Project.REPOSITORY + "/blob/" + (snapshot ? "main" : "v" + version) + "/$1";
                return "# Multi-Client Auth for Keycloak " + version + "\n\n"
                        + LINK.matcher(notes).replaceAll("](" + links + ")") + "\n";
            }
        }
        throw new IllegalStateException("CHANGELOG.md says nothing below the heading [" + wanted + "]");
    }
}
