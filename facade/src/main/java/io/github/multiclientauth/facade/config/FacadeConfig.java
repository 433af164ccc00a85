package io.github.multiclientauth.facade.config;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facade's settings, from any source that Quarkus reads. {@code mca.issuer} is the variable {@code MCA_ISSUER}. The
 * master secrets are not here, since Auth.js has its own name for them ({@code AUTH_SECRET}).
 */
@StaticInitSafe
@ConfigMapping(prefix = "mca")
public interface FacadeConfig {

    /** The issuer of the realm, as its discovery document gives it: {@code https://id.example.com/realms/example}. */
    Optional<String> issuer();

    /** How the list of applications is read. */
    Directory directory();

    /**
     * Secrets of clients that Keycloak does not tell, by client id. A client id with a dot is quoted: {@code
     * mca.clients."my.shop".secret}.
     */
    Map<String, Client> clients();

    /** A folder with the secrets of clients. */
    ClientSecrets clientSecrets();

    /** The facade's own key, for clients that expect a signed JWT. */
    ClientKey clientKey();

    /** Files with secrets and keys. */
    SecretFiles secretFiles();

    /** Reverse proxies that may ask who is signed in, at {@code /api/auth/verify}. Nobody may unless one of these is set. */
    ForwardAuth forwardAuth();

    /** How long sessions last. */
    Session session();

    /** How long a person may take to sign in, between leaving for Keycloak and coming back. */
    @WithDefault("15M")
    Duration signInTimeout();

    /** Requests to Keycloak. */
    Keycloak keycloak();

    /** Limits for strangers. */
    Limits limits();

    /** The facade's pages. */
    Pages pages();

    /** The audit stream: who signed in, what was refused, what was changed. */
    Audit audit();

    /**
     * The facade's own origins, for example {@code https://auth.example.com}, where it serves applications of other
     * origins. Not needed if each application forwards {@code /api/auth/*} from its own origin.
     */
    Optional<List<String>> centralOrigins();

    /** Where the applications are listed. */
    interface Directory {

        /**
         * The facade's own account: a client whose service account has the roles {@code view-clients} and {@code
         * multi-client-auth-sessions}, and no others.
         */
        @WithDefault("multi-client-auth-facade")
        String clientId();

        /** Its secret. Absent if the secret is in a file, or if the account uses the facade's own key. */
        Optional<String> clientSecret();

        /** A file with that secret. It is read again for each access token. */
        Optional<Path> clientSecretFile();

        /** The endpoint, if it is not {@code <issuer>/multi-client-auth/directory}. */
        Optional<String> url();

        /** The pause between two reads of the list. */
        @WithDefault("5S")
        Duration pollInterval();

        /** How long the last list stays in use while it cannot be read. */
        @WithDefault("12H")
        Duration keepFor();
    }

    /** The secrets of one application. */
    interface Client {

        /** The client's secret; absent for a public client. */
        Optional<String> secret();

        /** A file with that secret. It is read as often as the list of applications. */
        Optional<Path> secretFile();

        /**
         * The {@code AUTH_SECRET} that the application already has. Absent for the one derived from the master secret.
         * Several are separated by commas, for rotation: the first seals, all of them open.
         */
        Optional<List<String>> authSecret();

        /** A file with the value of {@code auth-secret}. */
        Optional<Path> authSecretFile();
    }

    /** A folder with the secrets of clients. */
    interface ClientSecrets {

        /**
         * A folder with one file for each client, named after the client id, with the client's secret. It is read as
         * often as the list of applications. In names, {@code %} and two hexadecimal digits stand for a byte.
         */
        Optional<Path> directory();
    }

    /** The facade's own key, for clients that expect a signed JWT. */
    interface ClientKey {

        /** A JWK Set with private keys. If the file does not exist, it is created with a new key. Replicas share it. */
        Optional<Path> file();

        /** How long a key is published before it signs, unless it is the only one. */
        @WithDefault("5M")
        Duration publishFirst();
    }

    /** Files with secrets and keys. */
    interface SecretFiles {

        /**
         * Whether the files may be open to users other than the facade's and root. Only for container platforms that
         * set the mode themselves, and where nobody else is in the container.
         */
        @WithDefault("false")
        boolean allowOtherReaders();
    }

    /** Reverse proxies that may ask who is signed in. */
    interface ForwardAuth {

        /**
         * The secret that a proxy sends as {@code X-Forward-Auth-Secret}, at least 32 random characters. Only a proxy with
         * a secret gets access tokens. Several are separated by commas, for rotation.
         */
        Optional<List<String>> secret();

        /** A file with the value of {@code secret}. It is read at the start. */
        Optional<Path> secretFile();

        /**
         * Addresses of proxies that need no secret, for example {@code 10.0.0.5} or {@code 10.1.0.0/16}: those that
         * connect to the facade. They get no access tokens, since browsers' requests come from there, too.
         */
        Optional<List<String>> proxies();
    }

    /** How long sessions last. */
    interface Session {

        /**
         * How long a session is valid after Keycloak has confirmed it, if nothing changes. Then the next read asks
         * Keycloak.
         */
        @WithDefault("5M")
        Duration revalidateAfter();

        /**
         * How long a session stays valid after its last confirmation while Keycloak is unreachable. Not if something
         * that may concern it has changed.
         */
        @WithDefault("15M")
        Duration grace();

        /** The longest time from the last confirmation to the end of a session, whatever Keycloak says. */
        @WithDefault("30D")
        Duration maxAge();

        /** The pause between two questions to Keycloak which users, sessions and clients have changed. */
        @WithDefault("1S")
        Duration changesPollInterval();
    }

    /** Requests to Keycloak. */
    interface Keycloak {

        /** The time-out for connecting. */
        @WithDefault("2S")
        Duration connectTimeout();

        /**
         * The time-out from then on until the last byte of the answer. Three times as long for the list of
         * applications.
         */
        @WithDefault("10S")
        Duration readTimeout();

        /**
         * The largest number of requests for sign-ins at a time. Further ones wait. Questions about sessions (4), access
         * tokens (8), users' own sessions (4), sign-outs (4) and logout tokens (2) have their own threads.
         */
        @WithDefault("32")
        int maxConcurrentRequests();

        /** A PEM file with certificate authorities that are trusted in addition to Java's. */
        Optional<Path> trustedCertificates();
    }

    /** What strangers may cause. */
    interface Limits {

        /**
         * How long the head of a request, and then its body, may take to arrive. Then the connection is closed with
         * 408.
         */
        @WithDefault("30S")
        Duration requestTimeout();

        /**
         * The memory for all incomplete requests together. If it is full, the oldest one is closed with 503. A head
         * counts 48 KiB.
         */
        @WithDefault("16M")
        MemorySize incompleteRequests();

        /**
         * The number of sign-ins from one address, or one /64 of IPv6, in a minute. Further ones get 429. 0 for no
         * limit.
         */
        @WithDefault("300")
        int signInsPerMinute();
    }

    /** The audit stream. */
    interface Audit {

        /** Whether there is an audit stream. It contains personal data: users' ids and addresses. */
        @WithDefault("false")
        boolean enabled();

        /**
         * A file to which the lines are appended. Each day gets a new file; the facade deletes none. Without a file, the
         * lines go to standard output, or to the handlers of the log category {@code mca.audit} if it has some.
         */
        Optional<Path> file();

        /** Whether lines have the address of the client. */
        @WithDefault("true")
        boolean clientAddress();

        /** Whether lines have the names and e-mail addresses of users. */
        @WithDefault("false")
        boolean names();

        /** Names this facade in its lines. */
        @WithDefault("${HOSTNAME:facade}")
        String instance();
    }

    /** The pages that people see. */
    interface Pages {

        /** A directory with templates, texts and a style sheet that replace the built-in ones. */
        Optional<Path> directory();
    }
}
