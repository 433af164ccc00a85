package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunSecretsTest {

    @Test
    void no_two_secrets_are_the_same() {
        RunSecrets one = RunSecrets.random(Map.of());
        RunSecrets other = RunSecrets.random(Map.of("AUTH_SECRET", ""));

        assertThat(Stream.of(one, other).flatMap(RunSecretsTest::all))
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(secret -> secret.length() == 43);
    }

    @Test
    void the_master_secret_of_the_environment_is_used() {
        assertThat(RunSecrets.random(Map.of("AUTH_SECRET", "given by somebody")).auth())
                .isEqualTo("given by somebody");
    }

    @Test
    void no_secret_is_printed() {
        RunSecrets secrets = RunSecrets.random(Map.of());

        assertThat(all(secrets)).noneMatch(secrets.toString()::contains);
    }

    private static Stream<String> all(RunSecrets secrets) {
        return Stream.of(
                secrets.auth(),
                secrets.portfolio(),
                secrets.dashboard(),
                secrets.facadeAccount(),
                secrets.administrator());
    }
}
