package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.ClientId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a provider or an administrator enters, the session fits into one cookie. */
class IdentityClaimsTest {

    private static final String PICTURE = "https://pictures.example.com/";

    private final Map<String, Object> claims = new HashMap<>(
            Map.of("sub", "7c1c", "sid", "s1", "name", "Ada", "email", "ada@example.com", "email_verified", true));

    @Test
    void a_usual_picture_stays() throws Exception {
        claims.put("picture", PICTURE + "p".repeat(1_000));

        assertThat(identity().picture()).isPresent();
    }

    @Test
    void a_long_picture_is_left_out_and_nothing_else() throws Exception {
        claims.put("picture", PICTURE + "p".repeat(1_900));

        assertThat(identity().picture()).isEmpty();
        assertThat(identity().name()).contains("Ada");
        assertThat(identity().email()).contains("ada@example.com");
    }

    /** In bytes, not in characters. */
    @Test
    void a_long_name_is_left_out() throws Exception {
        claims.put("name", "\u20ac".repeat(600));

        assertThat(identity().name()).isEmpty();
        assertThat(identity().emailVerified()).isTrue();
    }

    @Test
    void an_address_that_is_left_out_is_not_verified() throws Exception {
        claims.put("email", "a".repeat(1_600) + "@example.com");

        assertThat(identity().email()).isEmpty();
        assertThat(identity().emailVerified()).isFalse();
    }

    @Test
    void ids_always_stay() throws Exception {
        claims.put("sub", "\u20ac".repeat(498));

        assertThat(identity().subject()).hasSize(498);
        assertThat(identity().email()).isEmpty();
    }

    /** The user name of a federated account, up to 255 characters, is part of a {@code sub}. */
    @Test
    void the_longest_ids_of_keycloak_fit() throws Exception {
        claims.put("sub", "f:3f0c7d0a-2d0e-4a4e-9f0b-0e5b1c1f8a11:" + "\u20ac".repeat(255));
        claims.put("sid", "3f0c7d0a-2d0e-4a4e-9f0b-0e5b1c1f8a11");
        claims.put("provider", "p".repeat(255));
        claims.put("clientOrigin", "https://" + "a".repeat(60) + ".example.com:8443");

        assertThat(identity().name()).contains("Ada");
    }

    @Test
    void ids_that_fit_into_no_cookie_are_refused() {
        claims.put("sub", "\u20ac".repeat(510));

        assertThatThrownBy(this::identity)
                .isInstanceOf(IdentityClaims.UnusableException.class)
                .hasMessageContaining("1500 bytes");
    }

    /** Neither the extension nor the facade reads a longer one from a cookie. */
    @Test
    void a_sid_that_no_session_can_have_is_refused() throws Exception {
        claims.put("sid", "s".repeat(100));
        assertThat(identity().sid()).hasSize(100);

        claims.put("sid", "s".repeat(101));
        assertThatThrownBy(this::identity).hasMessageContaining("odd sid");
    }

    private Identity identity() throws IdentityClaims.UnusableException {
        return new IdentityClaims(claims::get).identity(new ClientId("shop"), false);
    }
}
