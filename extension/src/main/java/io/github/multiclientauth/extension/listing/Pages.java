package io.github.multiclientauth.extension.listing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a long list page by page, while others may add to it and remove from it.
 *
 * <p>Pages overlap by one entry. If a page does not begin with an entry that was read already, entries before it have
 * been removed, and the following ones have moved up past the next offset. Then the page before it is read again. So no
 * entry is left out because another one was removed, which happens with plain offsets, and no entry is there twice.
 */
public final class Pages {

    /** How much is read at a time, in entries. */
    public static final int SIZE = 200;

    private Pages() {}

    /** Reads a part of the list. */
    @FunctionalInterface
    public interface Source<T> {

        /**
         * @param first counted from 0
         * @param size of the part; fewer are given at the end of the list, and where one is removed at this moment
         */
        List<T> read(int first, int size);
    }

    /** @param id identifies an entry */
    public static <T> List<T> all(Source<T> source, Function<T, String> id) {
        List<T> all = new ArrayList<>();
        Set<String> known = new HashSet<>();
        int first = 0;
        boolean more;
        do {
            List<T> page = source.read(first, SIZE);
            while (first > 0 && !begins(page, entry -> known.contains(id.apply(entry)))) {
                first = Math.max(0, first - SIZE + 1);
                page = source.read(first, SIZE);
            }
            List<T> unknown =
                    page.stream().filter(entry -> known.add(id.apply(entry))).toList();
            all.addAll(unknown);
            first += Math.max(0, page.size() - 1);
            // A full page of known entries means that as many were added before them.
            more = !unknown.isEmpty() || page.size() >= SIZE;
        } while (more);
        return all;
    }

    private static <T> boolean begins(List<T> page, Predicate<T> with) {
        return !page.isEmpty() && with.test(page.get(0));
    }
}
