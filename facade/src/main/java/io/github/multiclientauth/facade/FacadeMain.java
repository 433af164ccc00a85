package io.github.multiclientauth.facade;

import io.github.multiclientauth.facade.config.DoctorCommand;
import io.github.multiclientauth.facade.config.SecretFiles;
import io.github.multiclientauth.facade.doctor.DoctorOptions;
import io.github.multiclientauth.facade.oidc.ClientKeys;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.web.GateInstaller;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntBiFunction;

/**
 * Starts the facade, or runs one of its commands. {@code doctor} checks the settings and the realm. {@code secret
 * <clientId>} prints the {@code AUTH_SECRET} that an application's own server needs to decode sessions, and with {@code
 * previews} behind it the one for the servers of its previews. {@code client-key create} makes the file with the facade's
 * key, {@code client-key rotate} adds a new key, and {@code client-key certificate} prints the certificates of its keys.
 */
@QuarkusMain
public class FacadeMain {

    private static final int WRONG_USE = 2;

    /** Exits with status 0, with 1 if the facade cannot start, or with 2 if the arguments are wrong. */
    public static void main(String... arguments) {
        // Must be set before Netty reads it: it puts a gate into every connection.
        System.setProperty(GateInstaller.PROPERTY, GateInstaller.VALUE);
        if (arguments.length == 0) {
            Quarkus.run();
        } else if (arguments[0].equals("doctor")
                && DoctorOptions.of(behind(arguments)).isPresent()) {
            examine(behind(arguments));
        } else if (arguments.length == 2 && arguments[0].equals("secret")) {
            System.exit(printSecret(KeyHolder.application(arguments[1])));
        } else if (arguments.length == 3 && arguments[0].equals("secret") && arguments[2].equals("previews")) {
            System.exit(printSecret(KeyHolder.previewsOf(arguments[1])));
        } else if (arguments.length == 2 && arguments[0].equals("client-key") && arguments[1].equals("create")) {
            System.exit(createKey());
        } else if (arguments.length == 2 && arguments[0].equals("client-key") && arguments[1].equals("rotate")) {
            System.exit(withKeys(FacadeMain::rotateKey));
        } else if (arguments.length == 2 && arguments[0].equals("client-key") && arguments[1].equals("certificate")) {
            System.exit(withKeys(FacadeMain::printCertificates));
        } else {
            System.err.println("Usage: no argument starts the facade; \"doctor [--json] [--ignore ID]...\" checks its"
                    + " settings and the realm; \"secret <clientId>\" prints an application's AUTH_SECRET, \"secret <clientId>"
                    + " previews\" that of its previews, derived from the AUTH_SECRET in the environment; \"client-key"
                    + " create\" makes the file that MCA_CLIENT_KEY_FILE names, with a key, \"client-key rotate\" puts a"
                    + " new key into it, \"client-key certificate\" prints the certificates of the keys in it");
            System.exit(WRONG_USE);
        }
    }

    private static List<String> behind(String... arguments) {
        return List.of(arguments).subList(1, arguments.length);
    }

    /**
     * Runs without ports, so that it works beside a running facade. The findings say what is wrong, so the facade itself
     * logs nothing. Only why the settings cannot be used at all goes to stderr.
     */
    private static void examine(List<String> options) {
        for (String port : List.of("quarkus.http.host-enabled", "quarkus.management.host-enabled")) {
            System.setProperty(port, "false");
        }
        System.setProperty("quarkus.log.console.stderr", "true");
        System.setProperty("quarkus.log.level", "ERROR");
        System.setProperty("quarkus.log.category.\"mca\".level", "OFF");
        System.setProperty("quarkus.log.category.\"mca.request\".level", "OFF");
        System.setProperty("quarkus.log.category.\"mca.start\".level", "OFF");
        System.setProperty("mca.audit.enabled", "false");
        Quarkus.run(DoctorCommand.class, options.toArray(String[]::new));
    }

    /** @param command gets the keys, and the name of their file */
    private static int withKeys(ToIntBiFunction<ClientKeys, String> command) {
        String file = System.getenv("MCA_CLIENT_KEY_FILE");
        if (file == null || file.isBlank()) {
            System.err.println("MCA_CLIENT_KEY_FILE is not set: the file with the facade's keys");
            return 1;
        }
        try {
            // The running facades decide when the key starts to sign.
            ClientKeys keys = ClientKeys.inFile(
                    Path.of(file), Duration.ZERO, SecretFiles.ofEnvironment().access(), why -> {}, Clock.systemUTC());
            return command.applyAsInt(keys, file);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    /** Makes the file that a facade would make at its start. Does not touch one that is there: a second key is a rotation. */
    private static int createKey() {
        String existing = System.getenv("MCA_CLIENT_KEY_FILE");
        if (existing != null && !existing.isBlank() && Files.exists(Path.of(existing))) {
            System.err.println(existing + " is there already. \"client-key rotate\" puts a new key into it.");
            return 1;
        }
        return withKeys((keys, file) -> {
            System.out.println("A key is in " + file + ".");
            return 0;
        });
    }

    private static int rotateKey(ClientKeys keys, String file) {
        keys.rotate();
        System.out.println("A new key is in " + file + ". Running facades publish it now, and sign with it later.");
        return 0;
    }

    private static int printCertificates(ClientKeys keys, String file) {
        List<String> certificates = keys.certificates();
        if (certificates.isEmpty()) {
            System.err.println("No key in " + file + " has a certificate. \"client-key rotate\" makes one that has.");
            return 1;
        }
        certificates.forEach(System.out::print);
        return 0;
    }

    private static int printSecret(KeyHolder holder) {
        try {
            System.out.println(MasterSecrets.read(SecretFiles.ofEnvironment().variables(System::getenv))
                    .ofApplication(holder.name())
                    .get(0)
                    .reveal());
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
