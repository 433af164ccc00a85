package io.github.multiclientauth.extension.doctor;

import java.util.Comparator;
import java.util.Optional;

/**
 * Something that is wrong.
 *
 * @param clientId empty if it is about the realm
 * @param subject the origin, provider or flow that it is about
 */
public record Finding(FindingKind kind, Optional<String> clientId, String subject) {

    /** The order: the realm's findings first, then by client, then by kind. */
    static final Comparator<Finding> ORDER = Comparator.comparing(
                    (Finding finding) -> finding.clientId().orElse(""))
            .thenComparing(Finding::kind)
            .thenComparing(Finding::subject);

    static Finding ofRealm(FindingKind kind, String subject) {
        return new Finding(kind, Optional.empty(), subject);
    }

    static Finding of(ExaminedApplication application, FindingKind kind, String subject) {
        return new Finding(kind, Optional.of(application.clientId()), subject);
    }

    /** The text for the administrator. */
    public String message() {
        return kind.text(subject);
    }
}
