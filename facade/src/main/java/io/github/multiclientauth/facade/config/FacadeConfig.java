package io.github.multiclientauth.facade.config;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.quarkus.runtime.configuration.MemorySize;
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

    /** Where the applications are listed. */
    Directory directory();

    /**
     * What the facade must know of a client and Keycloak does not tell, by client id. A client id with a dot is quoted:
     * {@code mca.clients."my.shop".secret}.
     */
    Map<String, Client> clients();

    /** The facade's own key, for clients that expect a signed JWT. */
    ClientKey clientKey();

    /** Files with secrets and keys. */
    SecretFiles secretFiles();

    /** How long sessions last. */
    Session session();

    /** How long a person may take between leaving for Keycloak and coming back. */
    @WithDefault("15M")
    Duration signInTimeout();

    /** Requests to Keycloak. */
    Keycloak keycloak();

    /** What strangers may cause. */
    Limits limits();

    /** The pages that people see. */
    Pages pages();

    /**
     * Origins of the facade's own, {@code https://auth.example.com}, where it serves applications of other origins. Not
     * needed where each application forwards {@code /api/auth/*} from its own origin.
     */
    Optional<List<String>> centralOrigins();

    /** Where the applications are listed. */
    interface Directory {

        /** The service account that reads the list: a client that holds {@code view-clients} and nothing else. */
        @WithDefault("multi-client-auth-facade")
        String clientId();

        /** Its secret; absent if there is a file, or if it is to authenticate with the facade's own key. */
        Optional<String> clientSecret();

        /** A file with that secret, in place of it; read again for each access token. */
        Optional<Path> clientSecretFile();

        /** The endpoint, if it is not below the issuer: {@code <issuer>/multi-client-auth/directory}. */
        Optional<URI> url();

        /** A file in the format of the endpoint, to be read instead of it. */
        Optional<Path> file();

        /** Between two looks at the list. */
        @WithDefault("5S")
        Duration pollInterval();

        /** While the list cannot be read, the last one is used for so long. */
        @WithDefault("12H")
        Duration keepFor();
    }

    /** What is secret about one application. */
    interface Client {

        /** The client's secret; absent for a public client. */
        Optional<String> secret();

        /** A file with that secret, in place of it; looked at as often as the list of applications. */
        Optional<Path> secretFile();

        /**
         * The {@code AUTH_SECRET} that the application has already; absent for the one that is derived from the master.
         * Several separated by commas, to rotate: the first seals, all open.
         */
        Optional<List<String>> authSecret();

        /** A file with what would be in {@code auth-secret}, in place of it. */
        Optional<Path> authSecretFile();
    }

    /** The facade's own key, for clients that expect a signed JWT. */
    interface ClientKey {

        /** A JWK Set with private keys; made with a new key if it is not there. Replicas share it. */
        Optional<Path> file();

        /** How long a key is published before it signs, unless there is no other. */
        @WithDefault("5M")
        Duration publishFirst();
    }

    /** Files with secrets and keys. */
    interface SecretFiles {

        /**
         * Whether they may be open to other users than the facade's and root. Only where a container platform decides on
         * their mode, and nobody else is in the container.
         */
        @WithDefault("false")
        boolean allowOtherReaders();
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

        /** From then on, until the last byte of the answer; three times as long for the list of applications. */
        @WithDefault("10S")
        Duration readTimeout();

        /** Requests at one time; others wait. Sign-outs (4) and logout tokens (2) have threads of their own. */
        @WithDefault("32")
        int maxConcurrentRequests();

        /** Authorities that may vouch for Keycloak's certificate beside those that Java trusts: a PEM file. */
        Optional<Path> trustedCertificates();
    }

    /** What strangers may cause. */
    interface Limits {

        /** A head, and then a body, must have arrived within so long; otherwise 408, and the connection is closed. */
        @WithDefault("30S")
        Duration requestTimeout();

        /**
         * What all requests that have not arrived completely may hold together; the oldest gives way with 503. A head counts
         * 48 KiB.
         */
        @WithDefault("16M")
        MemorySize incompleteRequests();

        /**
         * Sign-ins that may be started from one address, or one /64 of IPv6, in a minute; further ones get 429. 0 for no
         * limit.
         */
        @WithDefault("300")
        int signInsPerMinute();
    }

    /** The pages that people see. */
    interface Pages {

        /** A directory with templates, texts and a style sheet to use in place of the built-in ones. */
        Optional<Path> directory();
    }
}
