package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogOnceTest {

    private final LogOnce once = new LogOnce();
    private final List<String> told = new ArrayList<>();

    @Test
    void logs_each_message_once() {
        tell("a");
        tell("b");
        tell("a");

        assertThat(told).containsExactly("a", "b");
    }

    @Test
    void forgets_instead_of_filling_the_memory() {
        for (int i = 0; i < 1_000; i++) {
            tell("thing " + i);
        }
        tell("thing 0");

        assertThat(told).hasSize(1_001);
    }

    private void tell(String what) {
        once.log(what, () -> told.add(what));
    }
}
