package io.github.multiclientauth.facade.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterSecretsTest {

    private static final String MASTER = "known-answer master: Zx81!pQ7w_Lm3#vT9yRb2";
    private static final String OLDER = "older master: Qp4$kW8z_Nv6!cX1mHd5jLs9";
    private static final String OLDEST = "oldest master: Gt7&rB2y_Fk9?sE4uJa8nVw3";

    /** The expected value comes from the HKDF of Node.js and of OpenSSL. */
    @Test
    void gives_an_application_the_secret_that_the_documentation_describes() {
        MasterSecrets masters = MasterSecrets.read(Map.of("AUTH_SECRET", MASTER)::get);

        assertThat(masters.ofApplication("portfolio"))
                .containsExactly(new Secret("UjEGRJ8BumQ_vj8XSAycynFWOildbG5aunxj-QlZT9c"));
        assertThat(masters.ofApplication("büro"))
                .containsExactly(new Secret("FoV__-QmVKFEyILIvDTWG_rs-0FjsKGkkG1PNHqiTQc"));
    }

    @Test
    void reads_the_highest_number_first_and_the_plain_variable_last() {
        MasterSecrets masters = MasterSecrets.read(Map.of(
                "AUTH_SECRET", OLDEST, "AUTH_SECRET_1", OLDER, "AUTH_SECRET_2", "", "AUTH_SECRET_3", MASTER)::get);

        assertThat(masters.ofApplication("portfolio"))
                .containsExactly(only(MASTER, "portfolio"), only(OLDER, "portfolio"), only(OLDEST, "portfolio"));
    }

    @Test
    void gives_each_application_and_each_purpose_its_own_secret() {
        MasterSecrets masters = MasterSecrets.read(Map.of("AUTH_SECRET", MASTER)::get);

        assertThat(List.of(
                        masters.ofApplication("portfolio"),
                        masters.ofApplication("dashboard"),
                        masters.ofFacade("refresh token", "portfolio"),
                        masters.ofFacade("refresh token", "dashboard"),
                        masters.ofFacade("transaction", "portfolio"),
                        masters.ofFacade("transaction", "dashboard")))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_fingerprint_is_the_same_at_every_facade_and_says_little() {
        MasterSecrets masters = MasterSecrets.read(Map.of("AUTH_SECRET", OLDER, "AUTH_SECRET_1", MASTER)::get);

        assertThat(masters.fingerprints())
                .isEqualTo(MasterSecrets.read(Map.of("AUTH_SECRET", OLDER, "AUTH_SECRET_1", MASTER)::get)
                        .fingerprints())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{6}"));
        assertThat(MasterSecrets.read(Map.of("AUTH_SECRET", MASTER)::get).fingerprints())
                .containsExactly(masters.fingerprints().get(0));
    }

    @Test
    void refuses_to_start_without_a_master() {
        assertThatThrownBy(() -> MasterSecrets.read(name -> null))
                .isInstanceOf(GuessableSecretException.class)
                .hasMessageContaining("AUTH_SECRET is not set");
    }

    @Test
    void looks_at_every_master_not_only_at_the_newest() {
        assertThatThrownBy(() -> MasterSecrets.read(Map.of("AUTH_SECRET_1", MASTER, "AUTH_SECRET", "short")::get))
                .isInstanceOf(GuessableSecretException.class)
                .hasMessageStartingWith("AUTH_SECRET has only 5 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary-too-short",
                "canary-canary-canary-canary-canary-canary",
                "please-change-this-very-long-secret-canary",
            })
    void says_why_without_repeating_the_secret(String weak) {
        assertThatThrownBy(() -> MasterSecrets.read(Map.of("AUTH_SECRET_2", weak)::get))
                .isInstanceOf(GuessableSecretException.class)
                .hasMessageStartingWith("AUTH_SECRET_2 ")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    private static Secret only(String master, String clientId) {
        return MasterSecrets.read(Map.of("AUTH_SECRET", master)::get)
                .ofApplication(clientId)
                .get(0);
    }
}
