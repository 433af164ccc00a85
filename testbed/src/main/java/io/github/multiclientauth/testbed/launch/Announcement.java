package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import java.nio.file.Path;
import java.util.List;

/** What a person is told once the demo runs. */
final class Announcement {

    private Announcement() {}

    /**
     * The first line begins with {@code Ready} and holds every address, for programs that wait for it; the others say
     * what to do with them.
     *
     * @param logins whom one may sign in as
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

    /** What the owner of a real app has to know; {@code issuer} is that of the realm. */
    static String ofReal(String alias, String issuer) {
        return "  Real %-9s register the callback URL %s".formatted(alias, ProviderApps.callback(issuer, alias));
    }

    private static String alternatives(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
