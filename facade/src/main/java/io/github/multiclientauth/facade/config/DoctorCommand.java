package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.doctor.FacadeDoctor;
import io.github.multiclientauth.facade.doctor.Report;
import io.github.multiclientauth.facade.oidc.KeycloakDirectorySource;
import io.github.multiclientauth.facade.oidc.KeycloakProbe;
import io.github.multiclientauth.facade.seal.SecretStrength;
import io.quarkus.runtime.QuarkusApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The command {@code doctor}. It uses the facade's settings, and opens no ports. */
public final class DoctorCommand implements QuarkusApplication {

    private final FacadeConfig config;
    private final Settings settings;
    private final KeycloakClient keycloak;
    private final LiveDirectory directory;

    DoctorCommand(FacadeConfig config, Settings settings, KeycloakClient keycloak, LiveDirectory directory) {
        this.config = config;
        this.settings = settings;
        this.keycloak = keycloak;
        this.directory = directory;
    }

    /** @return 1 if there is an error, otherwise 0 */
    @Override
    public int run(String... arguments) {
        KeycloakProbe.Seen seen = keycloak.probe().look();
        FacadeDoctor doctor = new FacadeDoctor().issuer(seen.metadataProblem(), seen.keysProblem());
        directory.poll();
        doctor.directory(directory.state().problem(), directory.findings())
                .changes(keycloak.changesSource().fetch(Optional.empty()));
        KeycloakDirectorySource source = keycloak.reader(URI.create(settings.issuer() + "/multi-client-auth/doctor"));
        doctor.keycloak(source.fetch(Optional.empty())).clock(keycloak.account().clockAhead());
        Report report = new Report(doctor.secrets(weakSecrets())
                .cookies(directory, settings.centralOrigins())
                .findings());
        System.out.print(report.text());
        return report.status();
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
        FacadeConfig.Directory account = config.directory();
        addIfWeak("mca.directory.client-secret", account.clientSecret(), account.clientSecretFile(), weak);
        return weak;
    }
}
