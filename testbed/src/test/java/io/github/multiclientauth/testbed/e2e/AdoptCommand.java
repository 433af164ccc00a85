package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.adopt.Adopt;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command that an administrator runs. Most tests run it in this JVM, because a process for each of hundreds of runs took most
 * of their time. One test runs the JAR that ships.
 */
record AdoptCommand(
        URI server, String realm, String account, String accountName, String loginRealm, String secret, Path state) {

    private static final String SECRET = "MCA_ADOPT_SECRET";

    /** The exit status and the output. */
    record Result(int status, String out, String err) {}

    /** Creates the command for the administrator of the realm {@code master}. */
    AdoptCommand(URI server, String realm, String password, Path state) {
        this(server, realm, "--admin", "admin", "master", password, state);
    }

    AdoptCommand at(URI elsewhere) {
        return new AdoptCommand(elsewhere, realm, account, accountName, loginRealm, secret, state);
    }

    Result run(String command, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Adopt.run(arguments(command, options), Map.of(SECRET, secret), printer(out), printer(err));
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs the JAR in a process of its own. */
    Result runJar(String command, String... options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                JavaChild.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("testbed.adopt.jar")));
        line.addAll(arguments(command, options));
        Path out = Files.createTempFile(state.getParent(), "adopt", ".out");
        Path err = Files.createTempFile(state.getParent(), "adopt", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put(SECRET, secret);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The command does not end");
        }
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private List<String> arguments(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--server",
                server.toString(),
                "--realm",
                realm,
                account,
                accountName,
                "--login-realm",
                loginRealm,
                "--state",
                state.toString()));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private static PrintStream printer(ByteArrayOutputStream output) {
        return new PrintStream(output, true, StandardCharsets.UTF_8);
    }
}
