package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.process.StartFailedException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The OAuth apps at real providers, from environment variables such as {@code GITHUB_CLIENT_ID} and {@code GITHUB_CLIENT_SECRET}. Sign-ins
 * with such a provider go to the real one. Stand-ins replace all others.
 *
 * <p>The variables have the names that the realm file uses, so they also work with any other Keycloak.
 */
public final class RealApps {

    private static final String ID = "_CLIENT_ID";
    private static final String SECRET = "_CLIENT_SECRET";
    private static final String AUTH0_ISSUER = "AUTH0_ISSUER";

    /** Addresses for which the realm file has defaults. They are used if given. */
    private static final Map<String, List<String>> ADDRESSES = Map.of(
            "github", List.of("_BASE_URL", "_API_URL", "_AUTHORIZATION_URL"),
            "google", List.of("_AUTHORIZATION_URL"),
            "facebook", List.of("_AUTHORIZATION_URL"),
            "linkedin", List.of("_AUTHORIZATION_URL"),
            "auth0", List.of());

    /** The endpoints of an Auth0 tenant, below its issuer. */
    private static final Map<String, String> AUTH0_PATHS = Map.of(
            "AUTH0_AUTHORIZATION_URL", "authorize",
            "AUTH0_TOKEN_URL", "oauth/token",
            "AUTH0_USERINFO_URL", "userinfo",
            "AUTH0_JWKS_URL", ".well-known/jwks.json");

    private final Set<String> aliases;
    private final Map<String, String> realmVariables;

    private RealApps(Set<String> aliases, Map<String, String> realmVariables) {
        this.aliases = Set.copyOf(aliases);
        this.realmVariables = Map.copyOf(realmVariables);
    }

    /** No real app: every provider is a stand-in. */
    public static RealApps none() {
        return new RealApps(Set.of(), Map.of());
    }

    /** @throws StartFailedException if the environment has only half of an app; the message says which half is missing */
    public static RealApps of(Map<String, String> environment) {
        return new Reader(environment).read();
    }

    /** Whether the provider of this alias is the real one. */
    public boolean include(String alias) {
        return aliases.contains(alias);
    }

    /** Whether there is no real app. */
    public boolean isEmpty() {
        return aliases.isEmpty();
    }

    /** The values for the placeholders of the realm file. */
    Map<String, String> realmVariables() {
        return realmVariables;
    }

    /** Keeps the secrets out of messages. */
    @Override
    public String toString() {
        return "RealApps" + aliases;
    }

    /** Collects the apps and all mistakes, so that one run reports all of them. */
    private static final class Reader {

        private final Map<String, String> environment;
        private final Set<String> aliases = new LinkedHashSet<>();
        private final Map<String, String> variables = new LinkedHashMap<>();
        private final List<String> faults = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        RealApps read() {
            for (String alias : Testbed.PROVIDERS) {
                String prefix = alias.toUpperCase(Locale.ROOT);
                if (takePair(prefix)) {
                    aliases.add(alias);
                    ADDRESSES.get(alias).forEach(address -> take(prefix + address));
                }
                if (ProviderApps.OF_DASHBOARD.contains(alias)) {
                    takeOfDashboard(prefix);
                }
            }
            if (aliases.contains("auth0")) {
                takeTenant();
            }
            if (!faults.isEmpty()) {
                throw new StartFailedException("Nothing was started: " + String.join("; ", faults));
            }
            return new RealApps(aliases, variables);
        }

        /** Checks an application's own app. It needs the provider to be real, because the stand-in does not know it. */
        private void takeOfDashboard(String prefix) {
            if (takePair(prefix + "_DASHBOARD") && !variables.containsKey(prefix + ID)) {
                faults.add(prefix + "_DASHBOARD" + ID + " is set, but not " + prefix + ID + ", which portfolio needs at"
                        + " the same provider");
            }
        }

        private boolean takePair(String prefix) {
            boolean id = take(prefix + ID);
            boolean secret = take(prefix + SECRET);
            if (id != secret) {
                faults.add(prefix + (id ? ID : SECRET) + " is set, but not " + prefix + (id ? SECRET : ID)
                        + ": set both to use the real provider, or neither for the stand-in");
            }
            return id && secret;
        }

        private void takeTenant() {
            if (!take(AUTH0_ISSUER)) {
                faults.add("AUTH0_CLIENT_ID is set, but not " + AUTH0_ISSUER
                        + ", the tenant's issuer, such as https://example.eu.auth0.com/");
                return;
            }
            String issuer = variables.get(AUTH0_ISSUER);
            if (Origin.ofUrl(issuer).isEmpty() || !issuer.endsWith("/")) {
                faults.add(
                        AUTH0_ISSUER
                                + " must be the tenant's issuer with the slash at its end, such as https://example.eu.auth0.com/");
                return;
            }
            AUTH0_PATHS.forEach((variable, path) -> {
                if (!take(variable)) {
                    variables.put(variable, URI.create(issuer).resolve(path).toString());
                }
            });
        }

        /** A blank value counts as not set, because compose files and shells leave a variable out like that. */
        private boolean take(String variable) {
            String value = environment.get(variable);
            if (value == null || value.isBlank()) {
                return false;
            }
            if (value.contains("\"") || value.contains("\\")) {
                // Keycloak inserts it into the JSON text of the realm file without escaping.
                faults.add(variable + " contains a quotation mark or a backslash, which a realm import cannot take");
            }
            variables.put(variable, value.strip());
            return true;
        }
    }
}
