package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.Provider;
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
            List<String> providers)
            implements FacadeConfig.Client {}

    private static Client client(String id, String origin) {
        return new Client(
                Optional.ofNullable(id), Optional.empty(), List.of(origin), Optional.empty(), List.of("github"));
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
}
