package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as an administrator runs it: the JAR, in a process of its own. */
record AdoptCommand(
        URI server, String realm, String account, String accountName, String loginRealm, String secret, Path state) {

    /** How it ended, and what it printed. */
    record Result(int status, String out, String err) {}

    /** By the administrator of everything. */
    AdoptCommand(URI server, String realm, String password, Path state) {
        this(server, realm, "--admin", "admin", "master", password, state);
    }

    AdoptCommand at(URI elsewhere) {
        return new AdoptCommand(elsewhere, realm, account, accountName, loginRealm, secret, state);
    }

    Result run(String command, String... options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                JavaChild.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("testbed.adopt.jar"),
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
        line.addAll(List.of(options));
        Path out = Files.createTempFile(state.getParent(), "adopt", ".out");
        Path err = Files.createTempFile(state.getParent(), "adopt", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("MCA_ADOPT_SECRET", secret);
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
}
