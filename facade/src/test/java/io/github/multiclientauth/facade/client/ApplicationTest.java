package io.github.multiclientauth.facade.client;

import static io.github.multiclientauth.facade.fake.Applications.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multiclientauth.facade.client.ClientAuthentication.ClientSecret;
import io.github.multiclientauth.facade.seal.Secret;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {

    @Test
    void has_an_origin() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> application("portfolio", Set.of(), "github"))
                .withMessageContaining("portfolio");
    }

    @Test
    void offers_its_own_providers_only() {
        Application portfolio = application("portfolio", Set.of("http://localhost:3000"), "github", "keycloak");

        assertThat(portfolio.offers(new Provider("github"))).isTrue();
        assertThat(portfolio.offers(new Provider("google"))).isFalse();
        assertThat(portfolio.offers(new Provider("GitHub"))).isFalse();
    }

    @Test
    void prints_no_client_secret() {
        assertThat(new ClientSecret(new Secret("canary")).toString()).doesNotContain("canary");
        assertThat(application("portfolio", Set.of("http://localhost:3000")).toString())
                .doesNotContain("client secret of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a\nb", "a\u0000", "a\u0085b"})
    void a_client_id_is_printable(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientId(value));
    }

    @Test
    void a_client_id_fits_into_keycloaks_database() {
        assertThatCode(() -> new ClientId("a".repeat(255))).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientId("a".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-a", ".a", "a/b", "a b", "a%62", "a?b", "a;b", "gith\u00fcb", "a\n"})
    void a_provider_is_one_segment_of_a_path(String alias) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Provider(alias));
    }

    @ParameterizedTest
    @CsvSource({
        "github, GitHub, oauth, github",
        "facebook, Facebook, oauth, facebook",
        "google, Google, oidc, google",
        "linkedin, LinkedIn, oidc, linkedin",
        "auth0, Auth0, oidc, auth0",
        "my-idp, my-idp, oidc, my-idp",
        "keycloak, Keycloak, oidc, ",
    })
    void a_provider_is_listed_as_auth_js_lists_it(String alias, String name, String type, String hint) {
        Provider provider = new Provider(alias);

        assertThat(provider.displayName()).isEqualTo(name);
        assertThat(provider.type()).isEqualTo(type);
        assertThat(provider.hint()).isEqualTo(java.util.Optional.ofNullable(hint));
    }
}
