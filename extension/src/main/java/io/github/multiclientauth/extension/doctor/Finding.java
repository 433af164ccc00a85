package io.github.multiclientauth.extension.doctor;

import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that is wrong.
 *
 * @param clientId empty if it is about the realm
 * @param subject what exactly: an origin, a provider, a flow
 */
public record Finding(FindingKind kind, Optional<String> clientId, String subject) {

    /** The realm's first, then by client; in the order of {@link FindingKind}. */
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

    /** In the administrator's terms. */
    public String message() {
        return kind.text(subject);
    }
}
