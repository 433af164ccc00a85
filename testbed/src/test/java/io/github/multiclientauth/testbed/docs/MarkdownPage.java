package io.github.multiclientauth.testbed.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of documentation, as far as the checks need to understand Markdown.
 *
 * @param file where it is
 * @param text all of it
 * @param prose the lines outside of fenced blocks
 * @param blocks the fenced blocks
 */
record MarkdownPage(Path file, String text, List<String> prose, List<CodeBlock> blocks) {

    private static final Pattern FENCE = Pattern.compile("^( *)```(\\S*) *$");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.+?) *$");
    private static final Pattern COMMENT = Pattern.compile("^ *<!-- (.+) --> *$");

    /** {@code [text](target)}, an image, or the address of an image in HTML. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|\\bsrc(?:set)?=\"([^\"]+)\"");

    private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINKED_TEXT = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    static MarkdownPage read(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> prose = new ArrayList<>();
        List<CodeBlock> blocks = new ArrayList<>();
        List<String> block = null;
        String language = "";
        String before = "";
        int begin = 0;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Matcher fence = FENCE.matcher(line);
            if (block == null && fence.matches()) {
                block = new ArrayList<>();
                language = fence.group(2);
                begin = number;
            } else if (block != null && line.strip().equals("```")) {
                blocks.add(new CodeBlock(language, comment(before), block, begin));
                block = null;
                before = "";
            } else if (block != null) {
                block.add(line);
            } else {
                prose.add(line);
                before = line.isBlank() ? before : line;
            }
        }
        return new MarkdownPage(file, text, prose, blocks);
    }

    private static Optional<String> comment(String line) {
        Matcher comment = COMMENT.matcher(line);
        return comment.matches() ? Optional.of(comment.group(1)) : Optional.empty();
    }

    /** The targets of its links and images, as written. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        for (String line : prose) {
            LINK.matcher(INLINE_CODE.matcher(line).replaceAll("code"))
                    .results()
                    .map(MarkdownPage::target)
                    .forEach(links::add);
        }
        return links;
    }

    private static String target(MatchResult link) {
        return link.group(1) != null ? link.group(1) : link.group(2);
    }

    /** The anchors of its headings, as GitHub makes them. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        for (String line : prose) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = anchor(heading.group(1));
                for (int again = 1; !anchors.add(anchor); again++) {
                    anchor = anchor(heading.group(1)) + "-" + again;
                }
            }
        }
        return anchors;
    }

    private static String anchor(String heading) {
        return LINKED_TEXT
                .matcher(heading)
                .replaceAll("$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
