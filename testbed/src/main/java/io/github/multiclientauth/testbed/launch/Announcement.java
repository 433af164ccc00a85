package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text that the demo prints when it is ready. */
final class Announcement {

    private Announcement() {}

    /**
     * The text of the announcement. The first line begins with {@code Ready} and contains every address, for programs that wait for it.
     * The other lines say how to use them.
     *
     * @param logins the accounts to sign in with
     */
    static String of(Addresses addresses, List<String> logins, String administratorPassword, Path logs) {
        return """
                Ready: portfolio %1$s, dashboard %2$s, facade %3$s, Keycloak %4$s, stand-in providers %5$s

                  Open first     %1$s  and sign in, with any provider, as %6$s
                  Then           %2$s  signs in with one click and no form
                  Admin console  %4$s/admin/  user %7$s, password %8$s (of this run)
                  Logs           %9$s
                  Stop           Ctrl-C
                """.formatted(
                        addresses.portfolio(),
                        addresses.dashboard(),
                        addresses.facade(),
                        addresses.keycloak(),
                        addresses.provider(),
                        alternatives(logins),
                        KeycloakServer.ADMINISTRATOR,
                        administratorPassword,
                        logs);
    }

    /**
     * What a developer does with an application that the demo has registered.
     *
     * @param environment the variables of its server, which begin their lines, to be copied
     */
    static String ofOwn(OwnApplication application, Origin facade, Map<String, String> environment) {
        return """
                Your application %1$s: serve it at %2$s, and forward its /api/auth/* to %3$s.
                If it has a server, put this into its .env.local. AUTH_SECRET changes with each start of the demo.

                %4$s

                Check it with: npx multi-client-auth check %2$s
                """.formatted(
                        application.clientId(),
                        application.origin(),
                        facade,
                        environment.entrySet().stream()
                                .map(variable -> variable.getKey() + "=" + variable.getValue())
                                .collect(Collectors.joining("\n")));
    }

    /** The notes for the owner of a real app. {@code issuer} is the issuer of the realm. */
    static String ofReal(String alias, String issuer) {
        return "  Real %-9s register the callback URL %s".formatted(alias, ProviderApps.callback(issuer, alias));
    }

    private static String alternatives(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
