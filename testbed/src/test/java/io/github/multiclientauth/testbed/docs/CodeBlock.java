package io.github.multiclientauth.testbed.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A fenced block of a page.
 *
 * @param language what stands behind its first fence; empty if nothing does
 * @param comment the HTML comment in front of it
 * @param lines its lines
 * @param begin the number of its first fence's line
 */
record CodeBlock(String language, Optional<String> comment, List<String> lines, int begin) {

    private static final Set<String> SHELLS = Set.of("shell", "sh", "bash", "console");

    boolean isShell() {
        return SHELLS.contains(language);
    }

    /** The commands, without comments; lines that a backslash continues are one. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (String line : lines) {
            String words = line.replaceAll("(^| )#.*", "").strip();
            if (words.endsWith("\\")) {
                command.append(words, 0, words.length() - 1);
            } else if (!words.isEmpty()) {
                commands.add(command.append(words).toString());
                command.setLength(0);
            }
        }
        return commands;
    }

    /**
     * The words by which a command is recognized in the source of a test: programs, subcommands, options and variables, but no values,
     * which are the reader's.
     */
    static List<String> keyWords(String command) {
        List<String> words = new ArrayList<>();
        boolean value = false;
        for (String word : command.split("\\s+")) {
            if (word.matches("[A-Z][A-Z0-9_]*=.*")) {
                words.add(word.substring(0, word.indexOf('=')));
            } else if (word.matches("-[PD].+")) {
                words.add(word.substring(2).replaceAll("=.*", ""));
            } else if (word.startsWith("-")) {
                words.add(word.replaceAll("=.*", ""));
            } else if (!value && !word.equals("export") && !word.endsWith(".jar")) {
                words.add(word.substring(word.lastIndexOf('/') + 1));
            }
            value = word.startsWith("--") && !word.contains("=");
        }
        return words;
    }
}
