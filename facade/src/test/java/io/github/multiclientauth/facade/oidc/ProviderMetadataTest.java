package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multiclientauth.facade.fake.LogLines;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderMetadataTest {

    private final StandInKeycloak realm = new StandInKeycloak();
    private final AtomicLong nanoTime = new AtomicLong();

    private final LogLines log = new LogLines();

    @BeforeEach
    void listen() {
        log.listen();
    }

    @AfterEach
    void close() {
        log.close();
        realm.close();
    }

    private ProviderMetadata metadata(Executor executor) {
        KeycloakRequests requests = new KeycloakRequests(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Optional.empty(), KeycloakWatch.NONE);
        return new ProviderMetadata(realm.issuerUri(), requests, executor, nanoTime::get);
    }

    private void passMinutes(int minutes) {
        nanoTime.addAndGet(Duration.ofMinutes(minutes).toNanos());
    }

    private int reads() {
        return realm.asked("/.well-known/openid-configuration").size();
    }

    @Test
    void a_failed_refresh_keeps_the_metadata_and_writes_nothing_to_the_log() {
        ProviderMetadata metadata = metadata(Runnable::run);
        ProviderMetadata.Loaded loaded = metadata.get();
        realm.up(false);

        passMinutes(11);

        assertThat(metadata.get()).isSameAs(loaded);
        assertThat(metadata.get()).isSameAs(loaded);
        assertThat(reads()).isEqualTo(3);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void a_full_queue_keeps_the_metadata_and_writes_nothing_to_the_log() {
        ProviderMetadata metadata = metadata(task -> {
            throw new RejectedExecutionException("full");
        });
        ProviderMetadata.Loaded loaded = metadata.get();

        passMinutes(11);

        assertThat(metadata.get()).isSameAs(loaded);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void another_issuer_is_not_called_unreachable() {
        realm.metadata("issuer", "https://other.example/realms/test");

        assertThat(failure().wrongIssuer()).isTrue();
        assertThat(failure())
                .hasMessage("mca.issuer is not the name of this Keycloak: Keycloak calls itself"
                        + " https://other.example/realms/test, not " + realm.issuer());
    }

    @Test
    void an_unknown_realm_is_not_called_unreachable() {
        realm.metadata(404, "{\"error\":\"Realm does not exist\",\"error_description\":\"For more on this error …\"}");

        assertThat(failure().wrongIssuer()).isTrue();
        assertThat(failure()).hasMessageStartingWith("mca.issuer names no realm of this Keycloak: " + realm.issuer());
    }

    /** Also what a proxy answers while Keycloak is away, and what a captive portal answers. */
    @ParameterizedTest
    @CsvSource({
        "503, away, status 503",
        "404, <html>default backend, status 404",
        "200, <html>Welcome, no metadata",
        "200, '', status 200",
    })
    void anything_else_is_called_unreachable(int status, String body, String why) {
        realm.metadata(status, body);

        assertThat(failure().wrongIssuer()).isFalse();
        assertThat(failure())
                .hasMessageStartingWith("Keycloak cannot be reached (mca.issuer): ")
                .hasMessageContaining(why);
    }

    private UnavailableException failure() {
        return catchThrowableOfType(
                UnavailableException.class, () -> metadata(Runnable::run).get());
    }

    @Test
    void metadata_is_read_again_after_ten_minutes() {
        ProviderMetadata metadata = metadata(Runnable::run);
        metadata.get();
        realm.metadata("token_endpoint", realm.issuer() + "/another");

        passMinutes(11);
        metadata.get();

        assertThat(metadata.get().metadata().getTokenEndpointURI()).hasPath("/realms/test/another");
    }
}
