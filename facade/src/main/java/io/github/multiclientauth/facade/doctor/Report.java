package io.github.multiclientauth.facade.doctor;

import java.util.List;

/** Prints the findings for an operator's terminal. */
public final class Report {

    private final List<Finding> findings;

    public Report(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** Ends with a line break. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(finding.error() ? "ERROR    " : "WARNING  ").append(finding.id());
            if (!finding.about().isEmpty()) {
                text.append("  client ").append(printable(finding.about()));
            }
            text.append("\n         ").append(printable(finding.message()));
            text.append("\n         Fix: ").append(printable(finding.fix())).append("\n\n");
        }
        long errors = findings.stream().filter(Finding::error).count();
        long warnings = findings.size() - errors;
        return text.append(
                        findings.isEmpty()
                                ? "Nothing is wrong.\n"
                                : "Errors: %d, warnings: %d\n".formatted(errors, warnings))
                .toString();
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
