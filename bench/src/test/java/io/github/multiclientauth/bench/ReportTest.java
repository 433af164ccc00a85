package io.github.multiclientauth.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void replaces_the_last_results_and_nothing_else() {
        String page = "before\n<!-- results: written by mvn -Pbench -->\nold\n<!-- end of results -->\nafter\n";

        assertThat(Report.replaced(page, "new\n"))
                .isEqualTo("before\n<!-- results: written by mvn -Pbench -->\nnew\n<!-- end of results -->\nafter\n");
    }

    @Test
    void needs_a_place() {
        assertThatIllegalArgumentException().isThrownBy(() -> Report.replaced("nothing", "new\n"));
    }
}
