package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.ClientId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    @Test
    void say_how_the_user_authenticated() throws Exception {
        claims.putAll(Map.of("acr", "gold", "auth_time", 1_764_000_000L, "amr", List.of("pwd", "otp")));
        claims.put("act", Map.of("sub", "42", "name", "root"));

        assertThat(identity().authentication())
                .isEqualTo(new Authentication(
                        Optional.of("gold"),
                        Optional.of(Instant.ofEpochSecond(1_764_000_000L)),
                        List.of("pwd", "otp"),
                        Optional.of(new Authentication.Actor("42", Optional.of("root"))),
                        false));
    }

    /** Then no demand is met. */
    static Stream<Object> times() {
        return Stream.of(
                "1764000000", 1.764e9, -1, 0, 100_000_000_000L, new BigInteger("9".repeat(30)), true, Map.of());
    }

    @ParameterizedTest
    @MethodSource("times")
    void a_time_that_is_none_is_not_known(Object time) throws Exception {
        claims.put("auth_time", time);

        assertThat(identity().authentication().time()).isEmpty();
    }

    @Test
    void a_level_or_a_method_that_is_none_is_not_known() throws Exception {
        for (Object acr : List.of(1, "", " ", "a".repeat(101), "\n", List.of("gold"))) {
            claims.put("acr", acr);
            assertThat(identity().authentication().acr()).as("%s", acr).isEmpty();
        }
        for (Object amr : List.of("pwd", List.of(1), List.of("a".repeat(17)), Collections.nCopies(9, "pwd"))) {
            claims.put("amr", amr);
            assertThat(identity().authentication().methods()).as("%s", amr).isEmpty();
        }
    }

    @Test
    void somebody_who_impersonates_the_user_is_never_hidden() throws Exception {
        for (Object act : List.of(Map.of(), Map.of("sub", 1), Map.of("sub", "x".repeat(101)), "root")) {
            claims.put("act", act);
            assertThat(identity().authentication().actor()).as("%s", act).isPresent();
        }
    }

    /** The session keeps its authentication, for which the new claims may leave no room. */
    @Test
    void a_refresh_leaves_room_for_what_is_kept() throws Exception {
        claims.put("acr", "a".repeat(100));
        Identity signedIn = identity();
        claims.put("acr", "1");
        String picture = PICTURE;
        while (identity().picture().isPresent() || !claims.containsKey("picture")) {
            picture += "p";
            claims.put("picture", picture);
        }
        claims.put("picture", picture.substring(0, picture.length() - 1));
        Identity newer = identity();

        assertThat(newer.picture()).isPresent();
        assertThat(signedIn.refreshedBy(newer).picture()).isEmpty();
        assertThat(signedIn.refreshedBy(newer).name()).contains("Ada");
        assertThat(newer.refreshedBy(newer)).isEqualTo(newer);
    }

    private Identity identity() throws IdentityClaims.UnusableException {
        return new IdentityClaims(claims::get).identity(new ClientId("shop"), false);
    }
}
