package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.doctor.FacadeDoctor;
import io.github.multiclientauth.facade.doctor.Report;
import io.github.multiclientauth.facade.oidc.FacadeKeys;
import io.github.multiclientauth.facade.oidc.KeycloakDirectorySource;
import io.github.multiclientauth.facade.oidc.KeycloakProbe;
import io.github.multiclientauth.facade.oidc.KeycloakWatch;
import io.github.multiclientauth.facade.seal.SecretStrength;
import io.quarkus.runtime.QuarkusApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** {@code doctor}: with the settings that the facade would start with, without its ports. */
public final class DoctorCommand implements QuarkusApplication {

    private final FacadeConfig config;
    private final FacadeKeys keys;
    private final LiveDirectory directory;
    private final CentralOrigins central;

    DoctorCommand(FacadeConfig config, FacadeKeys keys, LiveDirectory directory, CentralOrigins central) {
        this.config = config;
        this.keys = keys;
        this.directory = directory;
        this.central = central;
    }

    /** @return 1 if there is an error, else 0 */
    @Override
    public int run(String... arguments) {
        KeycloakProbe.Seen seen =
                new KeycloakProbe(config.issuer(), Wiring.requests(config, KeycloakWatch.NONE)).look();
        FacadeDoctor doctor = new FacadeDoctor().issuer(seen.metadataProblem(), seen.keysProblem());
        directory.poll();
        doctor.directory(directory.state().problem(), directory.findings());
        if (config.directory().file().isEmpty()) {
            KeycloakDirectorySource source = Wiring.keycloakSource(
                    config, keys, URI.create(config.issuer() + "/multi-client-auth/doctor"), KeycloakWatch.NONE);
            doctor.keycloak(source.fetch(Optional.empty())).clock(source.clockAhead());
        }
        Report report = new Report(
                doctor.secrets(weakSecrets()).cookies(directory, central).findings());
        System.out.print(report.text());
        return report.status();
    }

    private void addIfWeak(String setting, Optional<String> value, Optional<Path> file, Set<String> weak) {
        ClientSettings.secret(setting, value, file, Wiring.secretFiles(config))
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
