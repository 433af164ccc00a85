package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

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
        claims.put("sub", "\u20ac".repeat(510));

        assertThat(identity().subject()).hasSize(510);
        assertThat(identity().email()).isEmpty();
    }

    private Identity identity() throws IdentityClaims.UnusableException {
        return new IdentityClaims(claims::get).identity(new ClientId("shop"), false);
    }
}
