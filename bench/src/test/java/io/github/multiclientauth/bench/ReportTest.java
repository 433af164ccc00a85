package io.github.multiclientauth.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

    private static final String PAGE = """
            before
            <!-- results: written by mvn -Pone -->
            %s
            <!-- end of results -->
            between
            <!-- results: written by mvn -Pother -->
            %s
            <!-- end of results -->
            after
            """;

    @Test
    void replaces_the_last_results_and_nothing_else() {
        String page = PAGE.formatted("old", "old");

        assertThat(Report.replaced(page, "mvn -Pone", "new\n")).isEqualTo(PAGE.formatted("new", "old"));
        assertThat(Report.replaced(page, "mvn -Pother", "new\n")).isEqualTo(PAGE.formatted("old", "new"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "<!-- results: written by mvn -Pone -->\nwithout an end",
                "<!-- end of results -->\n<!-- results: written by mvn -Pone -->\n",
            })
    void needs_a_place(String page) {
        assertThatIllegalArgumentException().isThrownBy(() -> Report.replaced(page, "mvn -Pone", "new\n"));
    }
}
