package io.github.multiclientauth.testbed.launch;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.origin.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of the test sign-ins, in aligned columns. */
final class ProofTable {

    private static final List<String> CLAIMS = List.of("id", "name", "provider", "clientOrigin", "clientId");

    private final List<List<String>> rows = new ArrayList<>();

    ProofTable() {
        List<String> head = new ArrayList<>(List.of("signed in with", "at"));
        head.addAll(CLAIMS);
        rows.add(head);
    }

    /** @param user the user in the session */
    void add(String provider, String application, JsonNode user) {
        List<String> row = new ArrayList<>(List.of(provider, application));
        CLAIMS.forEach(claim -> row.add(user.path(claim).asText("-")));
        rows.add(row);
    }

    /** Adds a real provider, where only a person with a browser can sign in. */
    void addReal(String provider, String application, Origin address) {
        rows.add(List.of(provider, application, "real provider: sign in by hand at " + address));
    }

    @Override
    public String toString() {
        // The last cell of a row needs no padding.
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .filter(row -> column < row.size() - 1)
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> padded(row.get(column), widths[column]))
                        .collect(Collectors.joining("  ", "  ", ""))
                        .stripTrailing())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
