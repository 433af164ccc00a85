package io.github.multiclientauth.testbed.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Packages in floors: each stands one above the highest package that it uses.
 *
 * @param uses for every package those that it uses, without itself
 */
record Floors(Map<String, SortedSet<String>> uses) {

    /** A package that uses itself by way of others; there are no floors then. */
    static final class CycleException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<String> packages;

        CycleException(List<String> packages) {
            super(String.join(" → ", packages));
            this.packages = packages;
        }

        /** Each uses the next one; the first is also the last. */
        List<String> packages() {
            return packages;
        }
    }

    Floors {
        Map<String, SortedSet<String>> copy = new TreeMap<>();
        uses.forEach((name, used) -> copy.put(name, new TreeSet<>(used)));
        uses.values().forEach(used -> used.forEach(name -> copy.computeIfAbsent(name, unknown -> new TreeSet<>())));
        uses = copy;
    }

    /** Every package with its floor, 1 for those that use no other; highest floor first, by name within a floor. */
    Map<String, Integer> numbered() {
        Map<String, Integer> floors = new TreeMap<>();
        uses.keySet().forEach(name -> floorOf(name, floors, new ArrayDeque<>()));
        return floors.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    private int floorOf(String name, Map<String, Integer> floors, Deque<String> above) {
        Integer known = floors.get(name);
        if (known != null) {
            return known;
        }
        if (above.contains(name)) {
            throw new CycleException(cycle(name, above));
        }
        above.addLast(name);
        int highest = 0;
        for (String used : uses.get(name)) {
            highest = Math.max(highest, floorOf(used, floors, above));
        }
        above.removeLast();
        floors.put(name, highest + 1);
        return highest + 1;
    }

    private static List<String> cycle(String name, Deque<String> above) {
        List<String> path = new ArrayList<>(above);
        List<String> cycle = path.subList(path.indexOf(name), path.size());
        cycle.add(name);
        return List.copyOf(cycle);
    }

    /** What a package uses and does not reach by way of another package: the arrows that a reader needs. */
    SortedSet<String> arrowsFrom(String name) {
        SortedSet<String> arrows = new TreeSet<>(uses.get(name));
        for (String used : uses.get(name)) {
            Set<String> below = new TreeSet<>();
            reach(used, below);
            arrows.removeAll(below);
        }
        return arrows;
    }

    private void reach(String name, Set<String> below) {
        for (String used : uses.get(name)) {
            if (below.add(used)) {
                reach(used, below);
            }
        }
    }
}
