package io.github.multiclientauth.extension.provider;

import io.github.multiclientauth.extension.provider.Loan.Granted;
import io.github.multiclientauth.extension.provider.Loan.Reason;
import io.github.multiclientauth.extension.provider.Loan.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether, and what, a disabled sibling lends.
 *
 * @param type what Keycloak calls the provider id, the same for both
 */
public record LendingPolicy(String type) {

    private static final String GENERIC = "oidc";

    private static final String CLIENT_ID = "clientId";
    private static final String CLIENT_SECRET = "clientSecret";
    private static final String CLIENT_AUTHENTICATION = "clientAuthMethod";
    private static final String TOKEN_URL = "tokenUrl";

    /** Of GitHub, which makes its token endpoint from it. */
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

    /** Those of a provider, whether or not they are any good. */
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

    /** A lender need not name a server; if it does, it must be the one that the secret is sent to. */
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
}
