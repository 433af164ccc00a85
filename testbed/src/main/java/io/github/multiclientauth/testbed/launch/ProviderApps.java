package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.testbed.provider.internet.StandInProviders;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The OAuth apps of a run at the providers: one at each provider for all applications, and another one at GitHub and Google for the
 * dashboard. The realm file refers to them by the names of environment variables. A provider with a real app has none at its stand-in.
 */
public final class ProviderApps {

    /** The providers at which the dashboard has its own app. */
    static final List<String> OF_DASHBOARD = List.of("github", "google");

    /** Client ids in the style of each provider. */
    private static final Map<String, String> CLIENT_IDS = Map.of(
            "github", "Ov23li%s",
            "google", "%s.apps.googleusercontent.com",
            "facebook", "1%s",
            "linkedin", "86%s",
            "auth0", "Tn%s");

    private final Map<String, RegisteredApp> byVariable = new LinkedHashMap<>();
    private final StandInProviders providers;
    private final RealApps real;

    private ProviderApps(StandInProviders providers, RealApps real) {
        this.providers = providers;
        this.real = real;
    }

    /** Registers the apps. Their callbacks lead to the broker of the realm with this {@code issuer}. */
    static ProviderApps register(StandInProviders providers, String issuer, RealApps real) {
        ProviderApps apps = new ProviderApps(providers, real);
        for (StandIn standIn : apps.standIns()) {
            String callback = callback(issuer, standIn.alias());
            apps.register(standIn, "", "20010", "Multi-Client Auth demo", callback);
            if (OF_DASHBOARD.contains(standIn.alias())) {
                apps.register(standIn, "_DASHBOARD", "20020", "Dashboard", callback);
            }
        }
        return apps;
    }

    private void register(StandIn standIn, String suffix, String number, String name, String callback) {
        RegisteredApp app = new RegisteredApp(
                CLIENT_IDS.get(standIn.alias()).formatted(number), RunSecrets.next(), name, Set.of(callback));
        standIn.ledger().apps().register(app);
        byVariable.put(standIn.alias().toUpperCase(Locale.ROOT) + suffix, app);
    }

    /** The callback to register at a provider. */
    static String callback(String issuer, String alias) {
        return issuer + "/broker/" + alias + "/endpoint";
    }

    /** The stand-ins that are used in this run. */
    List<StandIn> standIns() {
        return providers.all().stream()
                .filter(standIn -> !real.include(standIn.alias()))
                .toList();
    }

    /** The app that sign-ins of {@code clientId} must use at a stand-in. */
    public RegisteredApp of(String alias, String clientId) {
        String shared = alias.toUpperCase(Locale.ROOT);
        RegisteredApp own = byVariable.get(shared + "_" + clientId.toUpperCase(Locale.ROOT));
        return own == null ? byVariable.get(shared) : own;
    }

    /** The secrets of all apps. None of them may be in a log. */
    public List<String> secrets() {
        return byVariable.values().stream().map(RegisteredApp::clientSecret).toList();
    }

    /** The values for the placeholders of the realm file. */
    Map<String, String> realmVariables() {
        Map<String, String> variables = new HashMap<>(real.realmVariables());
        byVariable.forEach((variable, app) -> {
            variables.put(variable + "_CLIENT_ID", app.clientId());
            variables.put(variable + "_CLIENT_SECRET", app.clientSecret());
        });
        for (StandIn standIn : standIns()) {
            variables.put(
                    standIn.alias().toUpperCase(Locale.ROOT) + "_AUTHORIZATION_URL",
                    providers.authorizationUrl(standIn).toString());
        }
        return variables;
    }
}
