package io.github.multiclientauth.facade.client;

import static io.github.multiclientauth.facade.fake.Applications.application;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Recognition.Reason;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectorySnapshotTest {

    private final Application portfolio =
            application("portfolio", Set.of("https://portfolio.example.com", "http://localhost:3000"), "github");
    private final Application dashboard =
            application("dashboard", Set.of("https://dashboard.example.com", "http://127.0.0.1:3001"), "github");

    @Test
    void recognises_an_application_by_each_of_its_origins() {
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(portfolio, dashboard));

        assertThat(recognize(snapshot, "https://portfolio.example.com"))
                .isEqualTo(new Recognized(portfolio, origin("https://portfolio.example.com"), false));
        assertThat(recognize(snapshot, "http://localhost:3000"))
                .isEqualTo(new Recognized(portfolio, origin("http://localhost:3000"), false));
        assertThat(recognize(snapshot, "http://127.0.0.1:3001"))
                .isEqualTo(new Recognized(dashboard, origin("http://127.0.0.1:3001"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://portfolio.example.com",
                "https://portfolio.example.com:8443",
                "https://portfolio.example.com.",
                "https://portfolio.example.com.evil.example",
                "https://evil-portfolio.example.com",
                "https://www.portfolio.example.com",
                "https://example.com",
                "http://localhost",
                "http://127.0.0.1:3000",
            })
    void recognises_nothing_that_only_looks_like_it(String origin) {
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(portfolio, dashboard));

        assertThat(recognize(snapshot, origin)).isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));
    }

    @Test
    void chooses_none_of_two_applications_that_claim_an_origin() {
        Application rival =
                application("rival", Set.of("http://localhost:3000", "https://rival.example.com"), "github");
        Application third = application("third", Set.of("http://localhost:3000"), "github");
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(portfolio, rival, third));

        assertThat(recognize(snapshot, "http://localhost:3000")).isEqualTo(new Refused(Reason.AMBIGUOUS));
        assertThat(recognize(snapshot, "https://rival.example.com")).isInstanceOf(Recognized.class);
        assertThat(recognize(snapshot, "https://portfolio.example.com")).isInstanceOf(Recognized.class);
    }

    /** Cookies ignore ports and, but for their names, schemes. */
    @Test
    void knows_which_host_names_serve_several_clients() {
        Application neighbour = application("neighbour", Set.of("https://localhost:4000"), "github");
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(portfolio, dashboard, neighbour));

        assertThat(shared(snapshot, "http://localhost:3000")).isTrue();
        assertThat(shared(snapshot, "https://localhost:4000")).isTrue();
        assertThat(shared(snapshot, "https://portfolio.example.com")).isFalse();
        assertThat(shared(snapshot, "http://127.0.0.1:3001")).isFalse();
    }

    @Test
    void one_client_on_two_ports_shares_its_host_with_nobody() {
        Application alone = application("alone", Set.of("http://localhost:3000", "http://localhost:4000"), "github");

        assertThat(shared(DirectorySnapshot.of(List.of(alone)), "http://localhost:4000"))
                .isFalse();
    }

    @Test
    void an_empty_directory_recognises_nobody() {
        assertThat(recognize(DirectorySnapshot.of(List.of()), "http://localhost:3000"))
                .isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));
    }

    private static boolean shared(DirectorySnapshot snapshot, String origin) {
        return ((Recognized) recognize(snapshot, origin)).sharedHost();
    }

    private static Recognition recognize(DirectorySnapshot snapshot, String origin) {
        return snapshot.recognize(origin(origin));
    }

    private static Origin origin(String text) {
        return Origin.parse(text).orElseThrow();
    }
}
