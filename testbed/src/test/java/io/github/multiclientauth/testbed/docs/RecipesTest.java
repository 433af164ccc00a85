package io.github.multiclientauth.testbed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in the recipes for frameworks is that of the examples, which FrameworksIT runs. */
class RecipesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String FILE = "file: ";

    /** Somebody reads 230 words a minute, and code at half of that. */
    private static final int WORDS_OF_TWO_MINUTES = 400;

    @Test
    void the_code_is_that_of_the_examples() throws IOException {
        List<Path> recipes = recipes();
        assertThat(recipes).hasSizeGreaterThanOrEqualTo(9);
        int compared = 0;
        for (Path recipe : recipes) {
            for (CodeBlock block : MarkdownPage.read(recipe).blocks()) {
                String comment = block.comment().orElse("");
                if (comment.startsWith(FILE)) {
                    Path file = ROOT.resolve(comment.substring(FILE.length()));
                    assertThat(Files.readAllLines(file))
                            .as(recipe + ":" + block.begin())
                            .isEqualTo(block.lines());
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(15);
    }

    @Test
    void each_recipe_is_read_within_two_minutes() throws IOException {
        for (Path recipe : recipes()) {
            assertThat(Files.readString(recipe).split("\\s+"))
                    .as(recipe.toString())
                    .hasSizeLessThan(WORDS_OF_TWO_MINUTES);
        }
    }

    private static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/how-to/frameworks"))) {
            return files.sorted().toList();
        }
    }
}
