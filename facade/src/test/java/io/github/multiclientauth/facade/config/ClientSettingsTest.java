package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.seal.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    private static final String MASTER = "Zq7vK2mXw9PtR4sYb6NcLd1FhGjUe8Ao";
    private static final String OWN = "b8Wc1Xz5Tg3Yh7Uj9Ik2Ol4Pm6Qn0RsVd";
    private static final MasterSecrets MASTERS = MasterSecrets.read(Map.of("AUTH_SECRET", MASTER)::get);

    private record Client(Optional<String> secret, Optional<List<String>> authSecret) implements FacadeConfig.Client {

        @Override
        public Optional<Path> secretFile() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> authSecretFile() {
            return Optional.empty();
        }
    }

    private static FacadeConfig.Client holding(String... authSecrets) {
        return new Client(Optional.empty(), Optional.of(List.of(authSecrets)));
    }

    private static ApplicationSeals seals(Map<String, FacadeConfig.Client> clients) {
        return new ApplicationSeals(ClientSettings.applicationSecrets(clients, MASTERS), new SecureRandom());
    }

    @Test
    void a_client_secret_is_that_of_the_client_id() {
        var secrets = ClientSettings.clientSecrets(
                Map.of(
                        "my.shop", new Client(Optional.of("s"), Optional.empty()),
                        "blog", new Client(Optional.empty(), Optional.empty())),
                false);

        assertThat(secrets.of(new ClientId("my.shop"))).hasValue(new Secret("s"));
        assertThat(secrets.of(new ClientId("blog"))).isEmpty();
        assertThat(secrets.of(new ClientId("other"))).isEmpty();
    }

    @Test
    void an_application_keeps_the_secret_that_it_has_and_others_get_derived_ones() {
        ApplicationSeals seals = seals(
                Map.of("shop", holding(OWN, OWN + "old"), "blog", new Client(Optional.of("s"), Optional.empty())));

        assertThat(seals.secrets(KeyHolder.application("shop")))
                .containsExactly(new Secret(OWN), new Secret(OWN + "old"));
        assertThat(seals.secrets(KeyHolder.application("blog"))).isEqualTo(MASTERS.ofApplication("blog"));
    }

    /** An application that shares a secret forges the sessions of another. */
    @HostileInput(row = 30, advisory = "a shared AUTH_SECRET")
    @Test
    void a_secret_that_another_has_too_is_refused() {
        assertThatThrownBy(() -> seals(Map.of("shop", holding(OWN), "blog", holding(OWN))))
                .hasMessageContaining("auth-secret")
                .hasMessageContaining("no other")
                .hasMessageNotContaining(OWN);
        assertThatThrownBy(() -> seals(Map.of("shop", holding(MASTER))))
                .hasMessageContaining("mca.clients.shop.auth-secret")
                .hasMessageContaining("master")
                .hasMessageNotContaining(MASTER);
    }

    @Test
    void a_guessable_secret_is_refused() {
        assertThatThrownBy(() -> seals(Map.of("shop", holding("secret"))))
                .hasMessageContaining("mca.clients.shop.auth-secret");
    }
}
