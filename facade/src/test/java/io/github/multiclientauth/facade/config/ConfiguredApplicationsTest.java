package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.seal.Secret;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredApplicationsTest {

    private record Client(
            Optional<String> clientId,
            Optional<String> name,
            List<String> origins,
            Optional<String> secret,
            Optional<List<String>> authSecret,
            List<String> providers)
            implements FacadeConfig.Client {}

    private static Client client(String id, String origin) {
        return new Client(
                Optional.ofNullable(id),
                Optional.empty(),
                List.of(origin),
                Optional.empty(),
                Optional.empty(),
                List.of("github"));
    }

    private static List<Application> read(Map<String, FacadeConfig.Client> clients) {
        return List.copyOf(ConfiguredApplications.read(clients));
    }

    @Test
    void the_key_is_the_client_id_and_the_name_unless_others_are_given() {
        Application application = read(Map.of("portfolio", client(null, "https://portfolio.example")))
                .get(0);

        assertThat(application.clientId()).hasToString("portfolio");
        assertThat(application.name()).isEqualTo("portfolio");
        assertThat(application.authentication()).isInstanceOf(ClientAuthentication.None.class);
        assertThat(application.providers()).containsExactly(new Provider("github"));

        Client named = new Client(
                Optional.of("my.shop"),
                Optional.of("Shop"),
                List.of(" https://shop.example", "https://www.shop.example "),
                Optional.of("s"),
                Optional.empty(),
                List.of("google", " github", "google"));
        Application shop = read(Map.of("shop", named)).get(0);
        assertThat(shop.clientId()).hasToString("my.shop");
        assertThat(shop.name()).isEqualTo("Shop");
        assertThat(shop.origins()).hasSize(2);
        assertThat(shop.authentication()).isInstanceOf(ClientAuthentication.ClientSecret.class);
        assertThat(shop.providers()).containsExactly(new Provider("google"), new Provider("github"));
    }

    @Test
    void what_is_no_origin_is_refused_with_the_setting_to_mend() {
        assertThatThrownBy(() -> read(Map.of("shop", client(null, "https://shop.example/"))))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining("mca.clients.shop.origins")
                .hasMessageContaining("https://shop.example/");
    }

    @Test
    void what_is_no_provider_alias_is_refused() {
        Client client = new Client(
                Optional.empty(),
                Optional.empty(),
                List.of("https://shop.example"),
                Optional.of("the-secret"),
                Optional.empty(),
                List.of("git/hub"));

        assertThatThrownBy(() -> read(Map.of("shop", client)))
                .hasMessageContaining("mca.clients.shop.providers")
                .hasMessageNotContaining("the-secret");
    }

    @Test
    void two_applications_with_one_client_id_are_refused() {
        assertThatThrownBy(() -> read(
                        Map.of("a", client("same", "https://a.example"), "b", client("same", "https://b.example"))))
                .hasMessageContaining("same");
    }

    private static final String MASTER = "Zq7vK2mXw9PtR4sYb6NcLd1FhGjUe8Ao";
    private static final String OWN = "b8Wc1Xz5Tg3Yh7Uj9Ik2Ol4Pm6Qn0RsVd";
    private static final MasterSecrets MASTERS = MasterSecrets.read(Map.of("AUTH_SECRET", MASTER)::get);

    private static FacadeConfig.Client holding(String id, String... authSecrets) {
        return new Client(
                Optional.of(id),
                Optional.empty(),
                List.of("https://" + id + ".example"),
                Optional.empty(),
                Optional.of(List.of(authSecrets)),
                List.of("github"));
    }

    private static ApplicationSeals seals(Map<String, FacadeConfig.Client> clients) {
        return new ApplicationSeals(ConfiguredApplications.secrets(clients, MASTERS), new SecureRandom());
    }

    @Test
    void an_application_keeps_the_secret_that_it_has_and_others_get_derived_ones() {
        ApplicationSeals seals =
                seals(Map.of("a", holding("shop", OWN, OWN + "old"), "b", client("blog", "https://blog.example")));

        assertThat(seals.secrets("shop")).containsExactly(new Secret(OWN), new Secret(OWN + "old"));
        assertThat(seals.secrets("blog")).isEqualTo(MASTERS.ofApplication("blog"));
    }

    /** An application that shares a secret forges the sessions of another. */
    @HostileInput(row = 30, advisory = "a shared AUTH_SECRET")
    @Test
    void a_secret_that_another_has_too_is_refused() {
        assertThatThrownBy(() -> seals(Map.of("a", holding("shop", OWN), "b", holding("blog", OWN))))
                .hasMessageContaining("auth-secret")
                .hasMessageContaining("no other")
                .hasMessageNotContaining(OWN);
        assertThatThrownBy(() -> seals(Map.of("a", holding("shop", MASTER))))
                .hasMessageContaining("mca.clients.a.auth-secret")
                .hasMessageContaining("master")
                .hasMessageNotContaining(MASTER);
    }

    @Test
    void a_guessable_secret_is_refused() {
        assertThatThrownBy(() -> seals(Map.of("a", holding("shop", "secret"))))
                .hasMessageContaining("mca.clients.a.auth-secret");
    }
}
