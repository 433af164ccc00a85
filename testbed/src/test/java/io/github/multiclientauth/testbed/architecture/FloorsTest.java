package io.github.multiclientauth.testbed.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FloorsTest {

    private static SortedSet<String> of(String... names) {
        return new TreeSet<>(List.of(names));
    }

    @Test
    void a_package_stands_one_above_the_highest_that_it_uses() {
        Floors floors = new Floors(Map.of("web", of("signin", "wire"), "signin", of("wire"), "log", of("wire")));

        assertThat(floors.numbered())
                .containsExactly(
                        Map.entry("web", 3), Map.entry("log", 2), Map.entry("signin", 2), Map.entry("wire", 1));
    }

    @Test
    void an_arrow_is_left_out_where_others_lead_to_the_same_package() {
        Floors floors = new Floors(Map.of("web", of("signin", "wire", "seal"), "signin", of("wire")));

        assertThat(floors.arrowsFrom("web")).containsExactly("seal", "signin");
        assertThat(floors.arrowsFrom("signin")).containsExactly("wire");
        assertThat(floors.arrowsFrom("seal")).isEmpty();
    }

    @Test
    void packages_that_use_each_other_have_no_floors() {
        Floors floors = new Floors(Map.of("top", of("broker"), "broker", of("rules"), "rules", of("broker")));

        assertThatExceptionOfType(Floors.CycleException.class)
                .isThrownBy(floors::numbered)
                .satisfies(cycle -> assertThat(cycle.packages()).containsExactly("broker", "rules", "broker"));
    }
}
