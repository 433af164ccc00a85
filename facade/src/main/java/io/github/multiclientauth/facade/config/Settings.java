package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.directory.ClientSecrets;
import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.directory.PollSchedule;
import io.github.multiclientauth.facade.oidc.ClientKeys;
import io.github.multiclientauth.facade.oidc.TrustedCertificates;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.FileAccess;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.session.SessionPolicy;
import io.github.multiclientauth.facade.signin.SignInLimit;
import io.github.multiclientauth.facade.wire.AddressRange;
import io.github.multiclientauth.facade.wire.ArrivalLimits;
import io.github.multiclientauth.facade.wire.AsciiUrl;
import io.github.multiclientauth.facade.wire.ForwardAuth;
import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * The facade's settings, validated. Nothing else has to check them.
 *
 * @param keys the facade's own keys, if the operator wants some
 * @param clientSecrets the secrets of the applications' clients
 * @param applicationSecrets what the applications' cookies are sealed with
 * @param changes how often Keycloak is asked what has changed
 * @param signInsPerMinute from one network; 0 for no limit
 * @param forwardAuth the reverse proxies that may ask who is signed in
 * @param traced whether traces are on
 * @param audit the audit stream, if the operator wants one
 */
record Settings(
        URI issuer,
        Directory directory,
        Keycloak keycloak,
        Optional<ClientKeys> keys,
        ClientSecrets clientSecrets,
        ApplicationSecrets applicationSecrets,
        SessionPolicy sessions,
        PollSchedule changes,
        Duration signInTimeout,
        int signInsPerMinute,
        ArrivalLimits arrivals,
        CentralOrigins centralOrigins,
        ForwardAuth forwardAuth,
        boolean traced,
        Optional<Audit> audit) {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** When Keycloak is back, what has changed meanwhile must be known soon. */
    private static final Duration LONGEST_CHANGES_PAUSE = Duration.ofSeconds(2);

    /**
     * How the list of applications is read.
     *
     * @param clientId the client whose service account reads it
     * @param authentication of that client, asked for each access token
     */
    record Directory(
            URI url,
            ClientId clientId,
            Supplier<ClientAuthentication> authentication,
            PollSchedule schedule,
            Duration keepFor) {}

    /**
     * How Keycloak is asked.
     *
     * @param threads requests at one time
     */
    record Keycloak(
            Duration connectTimeout, Duration readTimeout, int threads, Optional<TrustedCertificates> trusted) {}

    /**
     * The audit stream.
     *
     * @param file empty for standard output
     * @param instance names this facade
     */
    record Audit(Optional<Path> file, boolean clientAddress, boolean names, String instance) {}

    /**
     * Reads and validates all settings.
     *
     * @param variables what is not in {@code FacadeConfig}: the master secrets, and settings of Quarkus
     * @throws IllegalArgumentException naming the setting and what is wrong with it, never a secret
     */
    static Settings read(FacadeConfig config, Config variables) {
        requireKnownProxies(variables);
        boolean traced = !isTrue(variables, "quarkus.otel.sdk.disabled");
        if (traced) {
            requireOwnSpans(variables);
        }
        SecretFiles files = secretFiles(config);
        URI issuer = address(
                "mca.issuer",
                config.issuer()
                        .orElseThrow(() -> new UnusableSettingException(
                                "mca.issuer",
                                "is not set: the realm as Keycloak's discovery document calls it,"
                                        + " https://id.example.com/realms/example for example")));
        Optional<ClientKeys> keys = keys(config.clientKey(), files);
        MasterSecrets masters = MasterSecrets.read(
                files.variables(name -> asWritten(variables.getConfigValue(name), System.getenv(name))));
        FacadeConfig.Session session = config.session();
        return new Settings(
                issuer,
                directory(config.directory(), issuer, files, keys),
                keycloak(config.keycloak()),
                keys,
                ClientSettings.clientSecrets(
                        config.clients(), config.clientSecrets().directory(), files, keys.isPresent()),
                ClientSettings.applicationSecrets(config.clients(), files, masters),
                new SessionPolicy(session.revalidateAfter(), session.grace(), session.maxAge()),
                schedule("mca.session.changes-poll-interval", session.changesPollInterval(), LONGEST_CHANGES_PAUSE),
                atLeastASecond("mca.sign-in-timeout", config.signInTimeout()),
                SignInLimit.requireUsable(config.limits().signInsPerMinute()),
                arrivals(config.limits()),
                centralOrigins(config.centralOrigins().orElse(List.of())),
                forwardAuth(config.forwardAuth(), files, masters),
                traced,
                audit(config.audit()));
    }

    private static Optional<Audit> audit(FacadeConfig.Audit config) {
        return config.enabled()
                ? Optional.of(new Audit(config.file(), config.clientAddress(), config.names(), config.instance()))
                : Optional.empty();
    }

    static SecretFiles secretFiles(FacadeConfig config) {
        return new SecretFiles(FileAccess.allowingOthers(config.secretFiles().allowOtherReaders()));
    }

    /** Quarkus itself believes the headers of every client. */
    private static void requireKnownProxies(Config variables) {
        if (!isTrue(variables, "quarkus.http.proxy.proxy-address-forwarding")) {
            return;
        }
        String setting = "quarkus.http.proxy.trusted-proxies";
        List<String> proxies =
                variables.getOptionalValues(setting, String.class).orElse(List.of());
        if (proxies.isEmpty()) {
            throw new UnusableSettingException(
                    setting,
                    "is not set, and quarkus.http.proxy.proxy-address-forwarding is true: then anybody could say in a"
                            + " header for which application a request is. Name the addresses of your proxies");
        }
        proxies.stream()
                .map(String::strip)
                .filter(Settings::isAddressWithoutBrackets)
                .findFirst()
                .ifPresent(address -> {
                    throw new UnusableSettingException(
                            setting,
                            "has the IPv6 address " + address + ", whose last part Quarkus takes for a port. Write ["
                                    + address + "], or a network such as " + address + "/128");
                });
    }

    /** Whether it is one IPv6 address. Quarkus reads 2001:db8::5 as the host 2001:db8: with the port 5. */
    private static boolean isAddressWithoutBrackets(String proxy) {
        return proxy.indexOf(':') != proxy.lastIndexOf(':') && !proxy.startsWith("[") && !proxy.contains("/");
    }

    private static void requireOwnSpans(Config variables) {
        if (isTrue(variables, "quarkus.otel.instrument.vertx-http")) {
            throw new UnusableSettingException(
                    "quarkus.otel.instrument.vertx-http",
                    "has to stay false: Quarkus' own spans have the query of each request in them, and with it codes."
                            + " The facade makes its spans itself");
        }
    }

    private static boolean isTrue(Config variables, String name) {
        return variables.getOptionalValue(name, Boolean.class).orElse(false);
    }

    /** Takes a realm name as people write it, too: Keycloak calls itself .../realms/M%C3%BCnze. */
    private static URI address(String setting, String text) {
        URI given = uri(text.strip()).orElse(URI.create(""));
        boolean web = "http".equalsIgnoreCase(given.getScheme()) || "https".equalsIgnoreCase(given.getScheme());
        // Not the host, which Java does not see in http://key_cloak:8080, the name of a container.
        if (!web || given.getRawAuthority() == null) {
            throw new UnusableSettingException(
                    setting, "\"" + text + "\" is no address that begins with https:// (or http://) and a host");
        }
        return given;
    }

    private static Optional<URI> uri(String text) {
        int path = text.indexOf('/', text.indexOf("://") + "://".length());
        try {
            return Optional.of(
                    new URI(path < 0 ? text : text.substring(0, path) + AsciiUrl.encode(text.substring(path))));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<ClientKeys> keys(FacadeConfig.ClientKey key, SecretFiles files) {
        return key.file()
                .map(file -> ClientKeys.inFile(
                        file, key.publishFirst(), files.access(), StartLog.LOG::keyFileUnusable, Clock.systemUTC()));
    }

    private static Directory directory(
            FacadeConfig.Directory config, URI issuer, SecretFiles files, Optional<ClientKeys> keys) {
        return new Directory(
                config.url()
                        .map(given -> address("mca.directory.url", given))
                        .orElseGet(() -> URI.create(issuer + "/multi-client-auth/directory")),
                new ClientId(config.clientId()),
                authentication(config, files, keys.isPresent()),
                schedule("mca.directory.poll-interval", config.pollInterval(), LONGEST_PAUSE),
                LiveDirectory.requirePositive(config.keepFor()));
    }

    private static PollSchedule schedule(String setting, Duration interval, Duration longest) {
        return new PollSchedule(setting, interval, longest, RandomGenerator.getDefault());
    }

    private static Supplier<ClientAuthentication> authentication(
            FacadeConfig.Directory config, SecretFiles files, boolean haveKey) {
        Optional<Supplier<ClientAuthentication>> secret = ClientSettings.secret(
                        "mca.directory.client-secret", config.clientSecret(), config.clientSecretFile(), files)
                .map(source -> () -> new ClientAuthentication.ClientSecret(source.get()));
        if (secret.isEmpty() && !haveKey) {
            throw new UnusableSettingException(
                    "mca.directory.client-secret",
                    "is not set: the secret of the client " + config.clientId()
                            + ", whose service account reads the list of applications; or, in its place, a key of"
                            + " the facade's own (mca.client-key.file)");
        }
        return secret.orElse(ClientAuthentication.PrivateKeyJwt::new);
    }

    private static Keycloak keycloak(FacadeConfig.Keycloak config) {
        if (config.maxConcurrentRequests() < 1) {
            throw new UnusableSettingException(
                    "mca.keycloak.max-concurrent-requests", "has to be at least 1: " + config.maxConcurrentRequests());
        }
        return new Keycloak(
                timeout("mca.keycloak.connect-timeout", config.connectTimeout()),
                timeout("mca.keycloak.read-timeout", config.readTimeout()),
                config.maxConcurrentRequests(),
                config.trustedCertificates().map(TrustedCertificates::read));
    }

    private static Duration timeout(String setting, Duration given) {
        if (given.toMillis() <= 0 || given.toMillis() > Integer.MAX_VALUE) {
            throw new UnusableSettingException(
                    setting, "has to be at least a millisecond and at most 24 days: " + given);
        }
        return given;
    }

    private static Duration atLeastASecond(String setting, Duration given) {
        if (given.toSeconds() < 1) {
            throw new UnusableSettingException(setting, "has to be at least a second: " + given);
        }
        return given;
    }

    private static ArrivalLimits arrivals(FacadeConfig.Limits config) {
        long bytes = config.incompleteRequests().asLongValue();
        if (bytes < ArrivalLimits.LEAST_BYTES) {
            throw new UnusableSettingException(
                    "mca.limits.incomplete-requests", "has to be at least 1M, for a few requests at a time: " + bytes);
        }
        return new ArrivalLimits(atLeastASecond("mca.limits.request-timeout", config.requestTimeout()), bytes);
    }

    private static ForwardAuth forwardAuth(FacadeConfig.ForwardAuth config, SecretFiles files, MasterSecrets masters) {
        String setting = "mca.forward-auth.secret";
        List<Secret> secrets = files.secrets(setting, config.secret(), config.secretFile()).orElse(List.of()).stream()
                .map(value -> masters.requireOther(setting, value))
                .toList();
        return new ForwardAuth(
                secrets,
                config.proxies().orElse(List.of()).stream()
                        .map(Settings::proxies)
                        .toList());
    }

    private static AddressRange proxies(String text) {
        AddressRange range = AddressRange.parse(text.strip())
                .orElseThrow(() -> new UnusableSettingException(
                        "mca.forward-auth.proxies",
                        "\"" + text + "\" is neither an address nor a range of addresses such as 10.1.0.0/16"));
        if (range.isEverything()) {
            throw new UnusableSettingException(
                    "mca.forward-auth.proxies", "\"" + text + "\" is every address: then anybody could ask");
        }
        return range;
    }

    private static CentralOrigins centralOrigins(List<String> given) {
        return new CentralOrigins(given.stream()
                .map(text -> Origin.parse(text)
                        .orElseThrow(() -> new UnusableSettingException(
                                "mca.central-origins",
                                "\"" + text + "\" is no origin: scheme, host and port if it is not the scheme's own,"
                                        + " https://auth.example.com for example")))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * A variable of the environment is taken as it stands there, as Auth.js takes it. In other sources, dollar signs
     * and backslashes have a meaning.
     */
    static String asWritten(ConfigValue value, String inEnvironment) {
        return value.getRawValue() != null && value.getRawValue().equals(inEnvironment)
                ? inEnvironment
                : value.getValue();
    }
}
