package io.github.multiclientauth.facade.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Prints the findings, for an operator's terminal or for a program. */
public final class Report {

    private static final int VERSION = 1;

    private final List<Finding> findings;
    private final long ignored;

    /** @param all the findings, with those that the options leave out */
    public Report(List<Finding> all, DoctorOptions options) {
        this.findings = all.stream()
                .filter(finding -> !options.ignored().contains(finding.id()))
                .toList();
        this.ignored = all.size() - findings.size();
    }

    /** For programs. Further fields may come. Ends with a line break. */
    public String json() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("version", VERSION)
                .put("errors", errors())
                .put("warnings", findings.size() - errors())
                .put("ignored", ignored);
        ArrayNode list = report.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode entry = list.addObject().put("id", finding.id()).put("severity", severity(finding));
            if (!finding.about().isEmpty()) {
                entry.put("clientId", finding.about());
            }
            entry.put("message", finding.message()).put("fix", finding.fix());
        }
        return report + "\n";
    }

    /** Ends with a line break. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append("%-9s".formatted(severity(finding).toUpperCase(Locale.ROOT)))
                    .append(finding.id());
            if (!finding.about().isEmpty()) {
                text.append("  client ").append(printable(finding.about()));
            }
            text.append("\n         ").append(printable(finding.message()));
            text.append("\n         Fix: ").append(printable(finding.fix())).append("\n\n");
        }
        text.append(
                findings.isEmpty()
                        ? "Nothing is wrong"
                        : "Errors: %d, warnings: %d".formatted(errors(), findings.size() - errors()));
        return text.append(ignored == 0 ? "" : ", ignored: " + ignored)
                .append(findings.isEmpty() && ignored == 0 ? ".\n" : "\n")
                .toString();
    }

    private long errors() {
        return findings.stream().filter(Finding::error).count();
    }

    private static String severity(Finding finding) {
        return finding.error() ? "error" : "warning";
    }

    /** The exit status: 1 if there is an error, otherwise 0. */
    public int status() {
        return findings.stream().anyMatch(Finding::error) ? 1 : 0;
    }

    /** Replaces control characters. Text that administrators have entered must not control a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
