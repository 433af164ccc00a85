package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepUpEntriesTest {

    private static final Map<String, Integer> LEVELS = Map.of("silver", 1, "gold", 2);

    @ParameterizedTest
    @CsvSource({
        "silver, gold, gold",
        "gold, 1, gold",
        "silver, 3, 3",
        "gold, gold, gold",
        "gold, phr, gold phr",
    })
    void the_highest_level_of_several_mappers_counts(String one, String other, String strictest) {
        assertThat(StepUpEntries.of(List.of(one, other), List.of(), List.of(), LEVELS)
                        .strictestAcr())
                .hasValue(strictest);
    }

    @ParameterizedTest
    @CsvSource({"300, 60, 60", "300, soon, soon", "0, 60, 0", "-1, 60, -1"})
    void the_shortest_age_of_several_mappers_counts(String one, String other, String strictest) {
        assertThat(StepUpEntries.of(List.of(), List.of(one, other), List.of(), Map.of())
                        .strictestAge())
                .hasValue(strictest);
    }

    @Test
    void nothing_entered_demands_nothing() {
        StepUpEntries none = StepUpEntries.of(List.of("", " "), List.of(""), List.of("false", ""), Map.of());

        assertThat(none).isEqualTo(StepUpEntries.NONE);
        assertThat(none.strictestAcr()).isEmpty();
        assertThat(none.strictestAge()).isEmpty();
    }
}
