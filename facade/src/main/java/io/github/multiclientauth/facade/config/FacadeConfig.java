package io.github.multiclientauth.facade.config;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facade's settings, from any source that Quarkus reads: {@code mca.issuer} is the variable {@code MCA_ISSUER}. The
 * master secrets are not here, since Auth.js has names of its own for them ({@code AUTH_SECRET}).
 */
@StaticInitSafe
@ConfigMapping(prefix = "mca")
public interface FacadeConfig {

    /** The issuer of the realm, as its discovery document gives it: {@code https://id.example.com/realms/example}. */
    URI issuer();

    /** The applications, by a name that is the client id unless {@code client-id} says another. */
    Map<String, Client> clients();

    /** How long sessions last. */
    Session session();

    /** How long a person may take between leaving for Keycloak and coming back. */
    @WithDefault("15M")
    Duration signInTimeout();

    /** Requests to Keycloak. */
    Keycloak keycloak();

    /** The pages that people see. */
    Pages pages();

    /** One application. */
    interface Client {

        /** The {@code client_id} at Keycloak. */
        Optional<String> clientId();

        /** Shown on the facade's pages; the client id if absent. */
        Optional<String> name();

        /** Where the application's pages are served from, such as {@code https://app.example.com}. */
        List<String> origins();

        /** The client's secret; absent for a public client. */
        Optional<String> secret();

        /**
         * The {@code AUTH_SECRET} that the application has already; absent for the one that is derived from the master.
         * Several separated by commas, to rotate: the first seals, all open.
         */
        Optional<List<String>> authSecret();

        /** Aliases of identity providers, in the order of the sign-in page. */
        @WithDefault("github")
        List<String> providers();
    }

    /** How long sessions last. */
    interface Session {

        /** A session that Keycloak has confirmed is believed for so long. */
        @WithDefault("5M")
        Duration revalidateAfter();

        /** While Keycloak cannot be reached, a session is believed for so long after the last confirmation. */
        @WithDefault("15M")
        Duration grace();

        /** No session outlives its last confirmation by more than this, whatever Keycloak says. */
        @WithDefault("30D")
        Duration maxAge();
    }

    /** Requests to Keycloak. */
    interface Keycloak {

        /** Until a connection is there. */
        @WithDefault("2S")
        Duration connectTimeout();

        /** Between two packets of an answer. */
        @WithDefault("10S")
        Duration readTimeout();

        /** Requests at one time; others wait. */
        @WithDefault("32")
        int maxConcurrentRequests();
    }

    /** The pages that people see. */
    interface Pages {

        /** A directory with templates, texts and a style sheet to use in place of the built-in ones. */
        Optional<Path> directory();
    }
}
