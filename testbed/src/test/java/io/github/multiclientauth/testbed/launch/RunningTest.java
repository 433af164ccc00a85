package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningTest {

    private final List<String> ended = new ArrayList<>();
    private final Running running = new Running();

    @Test
    void the_last_part_ends_first() {
        running.add(part("Keycloak"));
        running.add(part("facade"));

        running.close();

        assertThat(ended).containsExactly("facade", "Keycloak");
    }

    @Test
    void each_part_ends_once() {
        running.add(part("facade"));

        running.close();
        running.close();

        assertThat(ended).containsExactly("facade");
    }

    @Test
    void all_parts_end_even_if_one_fails_to_end() {
        running.add(part("Keycloak"));
        running.add(() -> {
            throw new IllegalStateException("stuck");
        });
        running.add(part("facade"));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(running::close)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(ended).containsExactly("facade", "Keycloak");
    }

    @Test
    void a_part_that_is_added_after_closing_is_ended_at_once() {
        running.close();

        assertThatExceptionOfType(StartFailedException.class).isThrownBy(() -> running.add(part("facade")));
        assertThat(ended).containsExactly("facade");
    }

    private AutoCloseable part(String name) {
        return () -> ended.add(name);
    }
}
