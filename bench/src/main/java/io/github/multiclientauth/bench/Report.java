package io.github.multiclientauth.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page of the documentation with the last tables. Marks surround the tables of each benchmark. */
public final class Report {

    private static final String END = "<!-- end of results -->\n";

    private Report() {}

    /**
     * Replaces the last results by new ones.
     *
     * @param command the command that measures them; the page marks their place by it
     */
    public static void replace(Path page, String command, String results) throws IOException {
        Files.writeString(page, replaced(Files.readString(page), command, results));
    }

    /** @throws IllegalArgumentException if the page has no place for them */
    static String replaced(String page, String command, String results) {
        String mark = "<!-- results: written by " + command + " -->\n";
        int begin = page.indexOf(mark);
        int end = page.indexOf(END, begin);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page has no place for results");
        }
        return page.substring(0, begin + mark.length()) + results + page.substring(end);
    }
}
