package io.github.multiclientauth.testbed.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who signed in where and how, in aligned columns. */
final class ProofTable {

    private static final List<String> CLAIMS = List.of("id", "name", "provider", "clientOrigin", "clientId");

    private final List<List<String>> rows = new ArrayList<>();

    ProofTable() {
        List<String> head = new ArrayList<>(List.of("signed in with", "at"));
        head.addAll(CLAIMS);
        rows.add(head);
    }

    /** @param user of the session */
    void add(String provider, String application, JsonNode user) {
        List<String> row = new ArrayList<>(List.of(provider, application));
        CLAIMS.forEach(claim -> row.add(user.path(claim).asText("-")));
        rows.add(row);
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column)
                                + " ".repeat(widths[column] - row.get(column).length()))
                        .collect(Collectors.joining("  ", "  ", ""))
                        .stripTrailing())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
