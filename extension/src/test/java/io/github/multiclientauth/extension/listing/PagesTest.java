package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PagesTest {

    private static final int SIZE = Pages.SIZE;

    private final List<Integer> pages = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE - 1, 2 * SIZE, 1000})
    void reads_all_of_a_list(int length) {
        List<String> list = list(length);

        assertThat(read(list, page -> {})).isEqualTo(list);
        assertThat(pages).allMatch(size -> size <= SIZE);
    }

    /** Offsets alone would leave out one entry for each that was removed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE})
    void leaves_none_out_when_others_are_removed(int removed) {
        List<String> list = list(1000);

        List<String> read = read(list, page -> {
            if (page == 3) {
                list.subList(0, removed).clear();
            }
        });

        assertThat(read).containsAll(list).doesNotHaveDuplicates();
    }

    @Test
    void leaves_none_out_when_more_are_removed_all_the_time() {
        List<String> list = list(3000);

        List<String> read = read(list, page -> list.subList(0, 5).clear());

        assertThat(read).containsAll(list).doesNotHaveDuplicates();
    }

    @Test
    void returns_no_entry_twice_when_others_are_added() {
        List<String> list = list(1000);

        List<String> read = read(list, page -> list.add(0, "new " + page));

        assertThat(read).containsAll(list(1000)).doesNotHaveDuplicates();
    }

    @Test
    void goes_on_behind_many_that_are_added_at_once() {
        List<String> list = list(1000);

        List<String> read = read(list, page -> {
            if (page == 2) {
                IntStream.range(0, 2 * SIZE).forEach(i -> list.add(0, "new " + i));
            }
        });

        assertThat(read).containsAll(list(1000)).doesNotHaveDuplicates();
    }

    @Test
    void ends_when_all_entries_are_removed() {
        List<String> list = list(1000);

        assertThat(read(list, page -> list.clear())).isEqualTo(list(SIZE));
    }

    /** Keycloak leaves out entries that were removed while it read the page. */
    @Test
    void does_not_treat_a_short_page_as_the_last_one() {
        List<String> list = list(1000);

        List<String> read = Pages.all(
                (first, size) -> page(list, first, size).stream()
                        .filter(entry -> !entry.equals("300"))
                        .toList(),
                Function.identity());

        assertThat(read).hasSize(999).containsAll(list.subList(301, 1000));
    }

    /** @param afterwards is called after each page with the number of its entries */
    private List<String> read(List<String> list, Afterwards afterwards) {
        return Pages.all(
                (first, size) -> {
                    List<String> page = List.copyOf(
                            list.subList(Math.min(first, list.size()), Math.min(first + size, list.size())));
                    pages.add(page.size());
                    afterwards.page(pages.size());
                    return page;
                },
                Function.identity());
    }

    private static List<String> page(List<String> list, int first, int size) {
        return List.copyOf(list.subList(Math.min(first, list.size()), Math.min(first + size, list.size())));
    }

    @FunctionalInterface
    private interface Afterwards {
        void page(int number);
    }

    private static List<String> list(int length) {
        return new ArrayList<>(
                IntStream.range(0, length).mapToObj(Integer::toString).toList());
    }
}
