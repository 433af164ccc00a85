package io.github.multiclientauth.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page of the documentation that holds the last table. */
final class Report {

    private static final String BEGIN = "<!-- results: written by mvn -Pbench -->\n";
    private static final String END = "<!-- end of results -->\n";

    private Report() {}

    static void replace(Path page, String results) throws IOException {
        Files.writeString(page, replaced(Files.readString(page), results));
    }

    /** @throws IllegalArgumentException if the page has no place for results */
    static String replaced(String page, String results) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page has no place for results");
        }
        return page.substring(0, begin + BEGIN.length()) + results + page.substring(end);
    }
}
