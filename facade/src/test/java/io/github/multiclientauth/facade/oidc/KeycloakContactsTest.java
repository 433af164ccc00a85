package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.MovableClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeycloakContactsTest {

    private final MovableClock clock = new MovableClock();
    private final KeycloakContacts contacts = new KeycloakContacts(clock);

    private KeycloakWatch.Exchange begin(KeycloakEndpoint endpoint) {
        return contacts.begin(endpoint, "GET", URI.create("http://127.0.0.1:1/secret"), (name, value) -> {
            throw new AssertionError("Contacts send nothing");
        });
    }

    @Test
    void nothing_is_known_before_the_first_answer() {
        begin(KeycloakEndpoint.SESSIONS);

        KeycloakContacts.Contact contact = contacts.of(KeycloakEndpoint.SESSIONS);
        assertThat(contact.succeededAt()).isEmpty();
        assertThat(contact.failure()).isEmpty();
        assertThat(contact.isFailing()).isFalse();
    }

    @Test
    void a_success_after_a_failure_leaves_the_failure_to_be_read() {
        begin(KeycloakEndpoint.SESSIONS).failed(new IOException(new ConnectException("Connection refused")));
        Instant failed = clock.instant();
        assertThat(contacts.of(KeycloakEndpoint.SESSIONS).isFailing()).isTrue();
        clock.advance(Duration.ofSeconds(1));

        begin(KeycloakEndpoint.SESSIONS).answered(200);

        KeycloakContacts.Contact contact = contacts.of(KeycloakEndpoint.SESSIONS);
        assertThat(contact.succeededAt()).contains(clock.instant());
        assertThat(contact.isFailing()).isFalse();
        assertThat(contact.failure().orElseThrow().at()).isEqualTo(failed);
        assertThat(contact.failure().orElseThrow().reason()).contains("Connection refused");
        assertThat(contacts.of(KeycloakEndpoint.TOKEN).failure()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DIRECTORY, 200, false",
        "DIRECTORY, 304, false",
        "DIRECTORY, 403, true",
        "SESSIONS, 401, true",
        "CHANGES, 503, true",
        "METADATA, 404, true",
        "KEYS, 502, true",
        // An old code or an ended session: Keycloak works.
        "TOKEN, 400, false",
        "TOKEN, 503, true",
        "PUSHED_REQUEST, 400, false",
        "ACCESS_TOKEN, 404, false",
        "ACCESS_TOKEN, 500, true",
    })
    void a_status_is_a_failure_if_it_says_that_something_is_wrong_between_the_servers(
            KeycloakEndpoint endpoint, int status, boolean failure) {
        begin(endpoint).answered(status);

        KeycloakContacts.Contact contact = contacts.of(endpoint);
        assertThat(contact.isFailing()).isEqualTo(failure);
        assertThat(contact.succeededAt().isPresent()).isEqualTo(!failure);
        assertThat(contact.failure().map(KeycloakContacts.Failure::reason).orElse("status " + status))
                .isEqualTo("status " + status);
    }
}
