package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.directory.ClientSecrets;
import io.github.multiclientauth.facade.directory.DirectoryFinding;
import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.doctor.FacadeDoctor;
import io.github.multiclientauth.facade.oidc.AccessTokenSource.Question;
import io.github.multiclientauth.facade.oidc.KeycloakDirectorySource;
import io.github.multiclientauth.facade.oidc.KeycloakProbe;
import io.github.multiclientauth.facade.oidc.RunningFacade;
import io.github.multiclientauth.facade.oidc.SignInTrial;
import io.github.multiclientauth.facade.seal.SecretStrength;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** The checks of the doctor, with the settings of this facade: for the command, and for the status of a running facade. */
final class Checks {

    /** No session has this id. */
    private static final String NO_SESSION = "doctor";

    private final FacadeConfig config;
    private final Settings settings;
    private final KeycloakClient keycloak;
    private final LiveDirectory directory;

    Checks(FacadeConfig config, Settings settings, KeycloakClient keycloak, LiveDirectory directory) {
        this.config = config;
        this.settings = settings;
        this.keycloak = keycloak;
        this.directory = directory;
    }

    /** All checks. Reads the directory first, and starts a sign-in at each application. */
    FacadeDoctor all() {
        FacadeDoctor doctor = atKeycloak(directory::poll);
        return doctor.isCutOff() ? doctor : atTheApplications(doctor.refusedSignIns(refusedSignIns()));
    }

    /**
     * The checks beside a running facade, which polls the directory itself. It starts no sign-ins: with thousands of
     * applications, Keycloak would get as many requests.
     */
    FacadeDoctor besideUsers() {
        FacadeDoctor doctor = atKeycloak(() -> {});
        return doctor.isCutOff() ? doctor : atTheApplications(doctor);
    }

    /** The checks that send no request. */
    FacadeDoctor atOnce() {
        FacadeDoctor doctor = new FacadeDoctor()
                .directoryProblem(directory.state().problem())
                .clock(keycloak.account().clockAhead())
                .directory(directory.findings());
        return doctor.isCutOff() ? doctor : atTheApplications(doctor);
    }

    /** @param reading makes the directory known */
    private FacadeDoctor atKeycloak(Runnable reading) {
        KeycloakProbe.Seen seen = keycloak.probe().look();
        FacadeDoctor doctor = new FacadeDoctor()
                .secrets(weakSecrets())
                .untrustedProxies(RunningFacade.requestsOfUntrustedProxies(ConfigProvider.getConfig()))
                .issuer(seen.metadataProblem(), seen.keysProblem());
        if (doctor.isCutOff()) {
            return doctor;
        }
        reading.run();
        doctor.directoryProblem(directory.state().problem())
                .clock(keycloak.account().clockAhead());
        if (doctor.isCutOff()) {
            return doctor;
        }
        KeycloakDirectorySource source = keycloak.reader(URI.create(settings.issuer() + "/multi-client-auth/doctor"));
        doctor.changes(keycloak.changesSource().fetch(Optional.empty()));
        withApiAccess()
                .ifPresent(client -> doctor.accessTokens(keycloak.accessTokenSource()
                        .ask(new Question(client, NO_SESSION, Instant.EPOCH, Optional.empty()))));
        return doctor.keycloak(source.fetch(Optional.empty())).directory(directory.findings());
    }

    private FacadeDoctor atTheApplications(FacadeDoctor doctor) {
        return doctor.secretsWithoutApplication(secretsWithoutApplication())
                .cookies(directory, settings.centralOrigins());
    }

    /** An application that gets access tokens. */
    private Optional<ClientId> withApiAccess() {
        return directory.snapshot().applications().stream()
                .filter(application -> application.apiAccess().servers()
                        || application.apiAccess().proxies())
                .map(Application::clientId)
                .min(Comparator.comparing(ClientId::value));
    }

    private Map<ClientId, SignInTrial.Refused> refusedSignIns() {
        SignInTrial trial = keycloak.signInTrial();
        Map<ClientId, SignInTrial.Refused> refused = new LinkedHashMap<>();
        directory.snapshot().applications().stream()
                .filter(Application::enabled)
                .sorted(Comparator.comparing(
                        application -> application.clientId().value()))
                .forEach(application -> trial.refusal(application, settings.centralOrigins())
                        .ifPresent(refusal -> refused.put(application.clientId(), refusal)));
        return refused;
    }

    /** A client that is listed and cannot be served has a finding of its own. */
    private List<ClientId> secretsWithoutApplication() {
        Set<String> unusable =
                directory.findings().stream().map(DirectoryFinding::about).collect(Collectors.toSet());
        return settings.clientSecrets().clients().stream()
                .filter(clientId -> directory.snapshot().application(clientId).isEmpty())
                .filter(clientId -> !unusable.contains(clientId.value()))
                .toList();
    }

    private void addIfWeak(String setting, Optional<String> value, Optional<Path> file, Set<String> weak) {
        ClientSettings.secret(setting, value, file, Settings.secretFiles(config))
                .map(Supplier::get)
                .filter(secret -> !SecretStrength.isStrong(secret.reveal()))
                .ifPresent(secret -> weak.add(file.isPresent() ? setting + SecretFiles.SUFFIX : setting));
    }

    private Set<String> weakSecrets() {
        Set<String> weak = new TreeSet<>();
        config.clients()
                .forEach((id, client) ->
                        addIfWeak("mca.clients." + id + ".secret", client.secret(), client.secretFile(), weak));
        ClientSecrets all = settings.clientSecrets().now();
        all.clients().stream()
                .filter(clientId -> !config.clients().containsKey(clientId.value()))
                .filter(clientId -> all.of(clientId)
                        .filter(secret -> !SecretStrength.isStrong(secret.reveal()))
                        .isPresent())
                .forEach(clientId -> weak.add("the client " + clientId + " in mca.client-secrets.directory"));
        FacadeConfig.Directory account = config.directory();
        addIfWeak("mca.directory.client-secret", account.clientSecret(), account.clientSecretFile(), weak);
        return weak;
    }
}
