package io.github.multiclientauth.facade.status;

import io.github.multiclientauth.facade.doctor.Finding;
import io.github.multiclientauth.facade.oidc.ClientKeys;
import io.github.multiclientauth.facade.oidc.KeycloakContacts.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a facade says about itself. It contains no secret and nothing about a person.
 *
 * @param now when it was put together
 * @param problem why the facade is not ready; empty if it is
 */
public record Status(
        Instant now,
        Facade facade,
        URI issuer,
        Optional<Problem> problem,
        List<Contact> keycloak,
        Listing applications,
        Examination examination,
        List<ClientKeys.Description> keys,
        List<MasterSecret> masterSecrets) {

    /**
     * The program that runs.
     *
     * @param commit of its source; empty if it was built without a repository
     * @param java version of the JVM
     */
    public record Facade(String version, Optional<String> commit, String java, Duration uptime) {}

    /** Why the facade refuses requests of applications. */
    public sealed interface Problem {

        /** The value of the function for this case. */
        <T> T match(Function<Unknown, T> unknown, Function<Emptied, T> emptied);

        /** @param text why the applications are not known */
        record Unknown(String text) implements Problem {
            @Override
            public <T> T match(Function<Unknown, T> unknown, Function<Emptied, T> emptied) {
                return unknown.apply(this);
            }
        }

        /** No application is left that can sign people in. */
        record Emptied() implements Problem {
            @Override
            public <T> T match(Function<Unknown, T> unknown, Function<Emptied, T> emptied) {
                return emptied.apply(this);
            }
        }
    }

    /**
     * The contact with one of Keycloak's endpoints.
     *
     * @param endpoint in lower case, as in the metrics
     * @param failing whether the last request failed
     */
    public record Contact(String endpoint, Optional<Instant> succeededAt, boolean failing, Optional<Failure> failure) {}

    /**
     * What the doctor has found.
     *
     * @param runningSince empty if the doctor is not running
     * @param endedAt empty if it has not run: then the findings are those that need no request to Keycloak
     * @param failure the bug in the doctor; empty if there was none
     * @param findings at most {@link StatusReader#MOST_FINDINGS}, errors first
     * @param more how many are left out
     */
    public record Examination(
            Optional<Instant> runningSince,
            Optional<Instant> endedAt,
            Optional<String> failure,
            List<Finding> findings,
            int errors,
            int warnings,
            int more) {}

    /**
     * A master secret.
     *
     * @param fingerprint six hexadecimal digits, equal at all facades that have the secret
     * @param sealing whether new cookies are sealed with it. Otherwise it only opens older ones
     */
    public record MasterSecret(String fingerprint, boolean sealing) {}
}
