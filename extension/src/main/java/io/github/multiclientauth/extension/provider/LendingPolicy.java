package io.github.multiclientauth.extension.provider;

import io.github.multiclientauth.extension.provider.LendingPolicy.Loan.Granted;
import io.github.multiclientauth.extension.provider.LendingPolicy.Loan.Reason;
import io.github.multiclientauth.extension.provider.LendingPolicy.Loan.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides whether a disabled sibling lends its credentials, and which.
 *
 * @param type what Keycloak calls the provider id, the same for both
 */
public record LendingPolicy(String type) {

    private static final String GENERIC = "oidc";

    private static final String CLIENT_ID = "clientId";
    private static final String CLIENT_SECRET = "clientSecret";
    private static final String CLIENT_AUTHENTICATION = "clientAuthMethod";
    private static final String TOKEN_URL = "tokenUrl";

    /** GitHub's setting from which Keycloak makes the token endpoint. */
    private static final String BASE_URL = "baseUrl";

    private static final Set<String> CREDENTIALS = Set.of(CLIENT_ID, CLIENT_SECRET);

    /** The generic provider can authenticate in several ways; the way belongs to the credentials. */
    private static final Set<String> GENERIC_CREDENTIALS = Set.of(
            CLIENT_ID,
            CLIENT_SECRET,
            CLIENT_AUTHENTICATION,
            "clientAssertionSigningAlg",
            "clientAssertionAudience",
            "jwtX509HeadersEnabled");

    /**
     * @param lender configuration of the disabled sibling
     * @param borrower configuration of the provider that the sign-in goes through, with its token endpoint
     */
    public Loan decide(Map<String, String> lender, Map<String, String> borrower) {
        if (isBlank(lender.get(CLIENT_ID))) {
            return new Refused(Reason.NO_CLIENT_ID);
        }
        if (needsSecret(lender) && isBlank(lender.get(CLIENT_SECRET))) {
            return new Refused(Reason.NO_SECRET);
        }
        if (isForAnotherServer(lender, borrower)
                || !ProviderServer.of(type, lender).mayLendTo(ProviderServer.of(type, borrower))) {
            return new Refused(Reason.OTHER_SERVER);
        }
        return credentials(lender);
    }

    /** The credentials of a provider, without a check whether they are complete. */
    public Granted credentials(Map<String, String> provider) {
        Map<String, String> credentials = new HashMap<>();
        (isGeneric() ? GENERIC_CREDENTIALS : CREDENTIALS).forEach(key -> credentials.put(key, provider.get(key)));
        return new Granted(credentials);
    }

    private boolean isGeneric() {
        return GENERIC.equals(type);
    }

    private boolean needsSecret(Map<String, String> lender) {
        return !isGeneric() || !"private_key_jwt".equals(lender.get(CLIENT_AUTHENTICATION));
    }

    /** A lender need not name a server. If it does, it must be the one that the secret is sent to. */
    private static boolean isForAnotherServer(Map<String, String> lender, Map<String, String> borrower) {
        Optional<Origin> server = Origin.ofUrl(borrower.get(TOKEN_URL));
        return Stream.of(TOKEN_URL, BASE_URL)
                .map(lender::get)
                .filter(url -> !isBlank(url))
                .anyMatch(url -> server.isEmpty() || !Origin.ofUrl(url).equals(server));
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }

    /** What a disabled sibling lends: all of its credentials or none of them. */
    public sealed interface Loan {

        /**
         * @param credentials values by configuration key; {@code null} where the lender has none, and the borrower's own must
         *     not stay
         */
        record Granted(Map<String, String> credentials) implements Loan {

            public void applyTo(Map<String, String> config) {
                credentials.forEach((key, value) -> {
                    if (value == null) {
                        config.remove(key);
                    } else {
                        config.put(key, value);
                    }
                });
            }

            /** Leaves out the values, which are secrets. */
            @Override
            public String toString() {
                return "Granted" + credentials.keySet();
            }
        }

        /** The shared credentials stay in use. */
        record Refused(Reason reason) implements Loan {}

        /** Why nothing is lent. */
        enum Reason {
            /** An import without values for its variables leaves it so: this is no mistake. */
            NO_CLIENT_ID("it has no client id"),
            NO_SECRET("it has no client secret"),
            /** The secret would go to another server than its own. Only the aliases match. */
            OTHER_SERVER("it is for another server");

            private final String text;

            Reason(String text) {
                this.text = text;
            }

            @Override
            public String toString() {
                return text;
            }
        }
    }
}
