package io.github.multiclientauth.testbed.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {

    private static final List<String> RESULTS = List.of("README.md", "docs/compatibility.json");

    @TempDir
    Path folder;

    private int git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of("-c", "user.name=test", "-c", "user.email=test@example.com"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private void commit() throws Exception {
        try {
            assertThat(git("init", "-q")).isZero();
        } catch (IOException e) {
            throw Skipped.because("THE TESTS OF THE CHECKOUT", "They need git.");
        }
        Files.createDirectories(folder.resolve("docs"));
        for (String file : List.of("README.md", "docs/compatibility.json", "pom.xml")) {
            Files.writeString(folder.resolve(file), "before");
        }
        git("add", ".");
        assertThat(git("commit", "-q", "-m", "Start")).isZero();
    }

    @Test
    void is_named_by_its_commit() throws Exception {
        commit();

        assertThat(Checkout.commit(folder, RESULTS)).matches("[0-9a-f]{10,}");
    }

    @Test
    void is_named_as_changed_if_anything_but_the_results_differs() throws Exception {
        commit();
        Files.writeString(folder.resolve("README.md"), "after");
        Files.writeString(folder.resolve("docs/compatibility.json"), "after");
        assertThat(Checkout.commit(folder, RESULTS)).matches("[0-9a-f]{10,}");

        Files.writeString(folder.resolve("pom.xml"), "after");
        assertThat(Checkout.commit(folder, RESULTS)).matches("[0-9a-f]{10,}[+]changes");
    }

    @Test
    void is_unknown_outside_of_a_repository() throws Exception {
        // A repository of the folders above, if there is one, would be found.
        Files.writeString(folder.resolve(".git"), "gitdir: nowhere");

        assertThat(Checkout.commit(folder, RESULTS)).isEqualTo("unknown");
    }
}
