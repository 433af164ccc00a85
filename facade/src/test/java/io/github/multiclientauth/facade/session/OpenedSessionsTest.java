package io.github.multiclientauth.facade.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.Seal;
import io.github.multiclientauth.facade.seal.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenedSessionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T20:18:54.564Z");
    private static final Instant END = NOW.plusSeconds(600);

    private final Seal seal = seal("the secret of one application");
    private final OpenedSessions opened = new OpenedSessions();

    @Test
    void keeps_a_token_that_comes_again() {
        String token = seal.seal(claims());
        OpenedSession once = opened.open(seal, token).orElseThrow();
        OpenedSession again = opened.open(seal, token).orElseThrow();

        assertThat(again).as("nothing is kept of what came once").isNotSameAs(once);
        assertThat(opened.open(seal, token)).containsSame(again);
        assertThat(opened.open(seal, seal.seal(claims())))
                .as("another token of the same session")
                .get()
                .isNotSameAs(again);
    }

    @Test
    void finds_nothing_for_other_keys() {
        String token = seal.seal(claims());
        keep(token);

        assertThat(opened.open(seal("the secret of another application"), token))
                .isEmpty();
    }

    @Test
    void finds_nothing_for_a_token_that_is_a_little_different() {
        String token = seal.seal(claims());
        keep(token);

        String other = token.substring(0, token.length() - 1) + (token.endsWith("A") ? 'E' : 'A');
        assertThat(opened.open(seal, other)).isEmpty();
    }

    @Test
    void a_kept_session_ends_at_its_time_limit() {
        String token = seal.seal(claims());
        keep(token);
        assertThat(opened.open(seal, token).orElseThrow().isInTime(NOW)).isTrue();

        OpenedSession again = opened.open(seal, token).orElseThrow();
        assertThat(again.isInTime(END.plusSeconds(14))).isTrue();
        assertThat(again.isInTime(END.plusSeconds(16))).isFalse();
    }

    @Test
    void keeps_nothing_that_is_no_session() {
        String token = seal.seal("{\"sub\":\"subject\"}".getBytes(UTF_8));

        assertThat(opened.open(seal, token)).isEmpty();
        assertThat(opened.open(seal, token)).isEmpty();
    }

    private void keep(String token) {
        assertThat(opened.open(seal, token)).isPresent();
        assertThat(opened.open(seal, token)).isPresent();
    }

    private static byte[] claims() {
        Identity identity = new Identity(
                "subject",
                "sid",
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "portfolio",
                false);
        return SessionClaims.write(new Session(identity, NOW, NOW, END), false, Optional.empty(), NOW);
    }

    private static Seal seal(String secret) {
        return Seal.of(List.of(new Secret(secret)), "authjs.session-token", new SecureRandom());
    }
}
