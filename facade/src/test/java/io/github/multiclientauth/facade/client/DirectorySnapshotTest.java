package io.github.multiclientauth.facade.client;

import static io.github.multiclientauth.facade.fake.Applications.application;
import static io.github.multiclientauth.facade.fake.Applications.withPreviews;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Recognition.Reason;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    void refuses_an_origin_that_two_applications_claim() {
        Application rival =
                application("rival", Set.of("http://localhost:3000", "https://rival.example.com"), "github");
        Application third = application("third", Set.of("http://localhost:3000"), "github");
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(portfolio, rival, third));

        assertThat(recognize(snapshot, "http://localhost:3000")).isEqualTo(new Refused(Reason.AMBIGUOUS));
        assertThat(recognize(snapshot, "https://rival.example.com")).isInstanceOf(Recognized.class);
        assertThat(recognize(snapshot, "https://portfolio.example.com")).isInstanceOf(Recognized.class);
    }

    /** Its users are signed out there, and it does not block the origin for others. */
    @Test
    void a_disabled_application_claims_nothing_that_another_has() {
        Application disabled = Application.disabled(
                new ClientId("former"),
                "Former",
                Set.of(origin("http://localhost:3000"), origin("https://former.example.com")),
                Optional.empty());
        Application another = Application.disabled(
                new ClientId("another"), "Another", Set.of(origin("http://localhost:3000")), Optional.empty());
        for (List<Application> order :
                List.of(List.of(portfolio, disabled, another), List.of(disabled, another, portfolio))) {
            DirectorySnapshot snapshot = DirectorySnapshot.of(order);

            assertThat(recognize(snapshot, "http://localhost:3000"))
                    .isInstanceOfSatisfying(
                            Recognized.class,
                            recognized -> assertThat(recognized.application()).isEqualTo(portfolio));
            assertThat(recognize(snapshot, "https://former.example.com"))
                    .isInstanceOfSatisfying(
                            Recognized.class,
                            recognized -> assertThat(recognized.application().clientId())
                                    .isEqualTo(disabled.clientId()));
        }
    }

    /** Otherwise its neighbour's cookies would get other names, and its users would be signed out. */
    @Test
    void a_disabled_application_still_shares_its_host_name() {
        Application neighbour = Application.disabled(
                new ClientId("neighbour"), "Neighbour", Set.of(origin("https://localhost:4000")), Optional.empty());

        assertThat(shared(DirectorySnapshot.of(List.of(portfolio, neighbour)), "http://localhost:3000"))
                .isTrue();
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
    void a_client_on_two_ports_does_not_share_its_host_name() {
        Application alone = application("alone", Set.of("http://localhost:3000", "http://localhost:4000"), "github");

        assertThat(shared(DirectorySnapshot.of(List.of(alone)), "http://localhost:4000"))
                .isFalse();
    }

    @Test
    void an_empty_directory_recognises_no_application() {
        assertThat(recognize(DirectorySnapshot.of(List.of()), "http://localhost:3000"))
                .isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));
    }

    @Test
    void recognises_a_preview_where_a_request_came_to_and_nowhere_else() {
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(previewed(portfolio), dashboard));
        Origin preview = origin("https://pr-1-preview.example.com");

        assertThat(snapshot.recognizeHost(preview))
                .isEqualTo(new Recognized(previewed(portfolio), preview, false))
                .extracting(found -> ((Recognized) found).registeredOrigin())
                .isEqualTo(origin("https://portfolio.example.com"));
        assertThat(snapshot.recognize(preview)).isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));
        assertThat(snapshot.recognizeHost(origin("https://dashboard.example.com")))
                .isEqualTo(snapshot.recognize(origin("https://dashboard.example.com")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.net.pr-preview.example.com",
                "https://pr-preview.example.com.evil.example",
                "https://pr-preview.example.com:8443",
                "http://pr-preview.example.com",
                "https://-preview.example.net",
                "https://preview.example.com",
                "https://example.com",
                "https://[::1]",
                "http://localhost",
            })
    void recognises_no_preview_that_only_looks_like_it(String origin) {
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(previewed(portfolio), dashboard));

        assertThat(Origin.parse(origin).map(snapshot::recognizeHost).orElse(new Refused(Reason.UNKNOWN_ORIGIN)))
                .isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));
    }

    @Test
    void refuses_an_origin_that_matches_previews_of_two_applications() {
        Application wide = withPreviews(dashboard, "https://dashboard.example.com", "https://*.example.com");
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(previewed(portfolio), wide));

        assertThat(snapshot.recognizeHost(origin("https://pr-1-preview.example.com")))
                .isEqualTo(new Refused(Reason.AMBIGUOUS));
        assertThat(snapshot.recognizeHost(origin("https://pr-1.example.com"))).isInstanceOf(Recognized.class);
    }

    @Test
    void a_disabled_application_claims_no_preview_that_another_has() {
        Application enabled = withPreviews(
                application("shop", Set.of("https://shop.example.com"), "github"),
                "https://shop.example.com",
                "https://pr-*.example.com");
        Application disabled = Application.disabled(
                new ClientId("former"),
                "Former",
                Set.of(origin("https://former.example.com")),
                Optional.of(new Previews(
                        Set.of(OriginPattern.parse("https://*-blue.example.com").orElseThrow()),
                        origin("https://former.example.com"))));
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(disabled, enabled));

        assertThat(snapshot.recognizeHost(origin("https://pr-blue.example.com")))
                .isInstanceOfSatisfying(
                        Recognized.class,
                        recognized -> assertThat(recognized.application()).isEqualTo(enabled));
        assertThat(snapshot.recognizeHost(origin("https://x-blue.example.com")))
                .isInstanceOfSatisfying(
                        Recognized.class,
                        recognized -> assertThat(recognized.application()).isEqualTo(disabled));
    }

    @Test
    void an_origin_may_match_two_patterns_of_one_application() {
        Application twice = withPreviews(
                portfolio,
                "https://portfolio.example.com",
                "https://*-preview.example.com",
                "https://pr-*.example.com");

        assertThat(DirectorySnapshot.of(List.of(twice)).recognizeHost(origin("https://pr-1-preview.example.com")))
                .isInstanceOf(Recognized.class);
    }

    @Test
    void a_registered_origin_is_never_a_preview() {
        Application wide = withPreviews(portfolio, "https://portfolio.example.com", "https://*.example.com");
        Application twin = application("twin", Set.of("https://dashboard.example.com"), "github");
        Origin registered = origin("https://dashboard.example.com");

        assertThat(DirectorySnapshot.of(List.of(wide, dashboard)).recognizeHost(registered))
                .isEqualTo(new Recognized(dashboard, registered, false));
        assertThat(DirectorySnapshot.of(List.of(wide, dashboard, twin)).recognizeHost(registered))
                .as("claimed twice")
                .isEqualTo(new Refused(Reason.AMBIGUOUS));
    }

    /** Another port of the host serves another client, so a browser sends the cookies of both. */
    @Test
    void knows_which_host_names_of_previews_serve_several_clients() {
        Application one = withPreviews(portfolio, "http://localhost:3000", "http://*.localhost:3000");
        Application other = withPreviews(dashboard, "http://127.0.0.1:3001", "http://*.localhost:3001");
        Application registered = application("registered", Set.of("http://pr-1.localhost:4000"), "github");

        assertThat(sharedHost(DirectorySnapshot.of(List.of(one)), "http://pr-1.localhost:3000"))
                .isFalse();
        assertThat(sharedHost(DirectorySnapshot.of(List.of(one, other)), "http://pr-1.localhost:3000"))
                .isTrue();
        DirectorySnapshot neighbours = DirectorySnapshot.of(List.of(one, registered));
        assertThat(sharedHost(neighbours, "http://pr-1.localhost:3000")).isTrue();
        assertThat(sharedHost(neighbours, "http://pr-1.localhost:4000")).isTrue();
        assertThat(sharedHost(neighbours, "http://pr-2.localhost:3000")).isFalse();
    }

    /** Strangers can request any host. The cost must not grow with the number of applications. */
    @Test
    @Timeout(30)
    void finds_one_of_many_applications_whose_previews_share_a_domain() {
        List<Application> many = IntStream.range(0, 5_000)
                .mapToObj(i -> withPreviews(
                        application("app-" + i, Set.of("https://app-" + i + ".example.com"), "github"),
                        "https://app-" + i + ".example.com",
                        "https://*-app-" + i + ".previews.example.com"))
                .toList();
        DirectorySnapshot snapshot = DirectorySnapshot.of(many);

        for (int i = 0; i < 100_000; i++) {
            Origin host = origin("https://pr-" + i + "-app-" + i + ".previews.example.com");
            assertThat(snapshot.recognizeHost(host) instanceof Recognized).isEqualTo(i < 5_000);
        }
    }

    @Test
    void recognises_no_preview_before_the_applications_are_known() {
        assertThat(DirectorySnapshot.notReady().recognizeHost(origin("https://pr-1-preview.example.com")))
                .isEqualTo(new Refused(Reason.NOT_READY));
    }

    /** Otherwise a newcomer could sign its users out: their cookies would get other names. */
    @Test
    void a_client_that_is_refused_at_an_origin_does_not_share_its_host_name() {
        Application rival =
                application("rival", Set.of("http://localhost:3000", "https://rival.example.com"), "github");
        OriginClaims claims = OriginClaims.NONE.next(claimants(portfolio)).next(claimants(portfolio, rival));
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(rival, portfolio), claims);

        assertThat(recognize(snapshot, "http://localhost:3000"))
                .isEqualTo(new Recognized(portfolio, origin("http://localhost:3000"), false));
        assertThat(snapshot.application(rival.clientId()))
                .hasValueSatisfying(
                        left -> assertThat(left.origins()).containsExactly(origin("https://rival.example.com")));
    }

    @Test
    void a_pattern_that_was_there_first_keeps_its_previews() {
        Application first = previewed(portfolio);
        Application wide = withPreviews(dashboard, "https://dashboard.example.com", "https://*.example.com");
        Application same = withPreviews(
                application("same", Set.of("https://same.example.com"), "github"),
                "https://same.example.com",
                "https://*-preview.example.com");
        OriginClaims claims = OriginClaims.NONE.next(claimants(first)).next(claimants(first, wide, same));
        DirectorySnapshot snapshot = DirectorySnapshot.of(List.of(wide, same, first), claims);

        assertThat(snapshot.recognizeHost(origin("https://pr-1-preview.example.com")))
                .isInstanceOfSatisfying(
                        Recognized.class,
                        found -> assertThat(found.application()).isEqualTo(first));
        assertThat(snapshot.recognizeHost(origin("https://pr-1.example.com")))
                .as("where the first has no previews")
                .isInstanceOfSatisfying(
                        Recognized.class,
                        found -> assertThat(found.application()).isEqualTo(wide));
        assertThat(claims.contests())
                .extracting(OriginClaims.Contest::place)
                .containsExactly("https://*-preview.example.com");
    }

    /**
     * The client that had the origin cannot be served, for example without a secret. That does not make the origin
     * available to others.
     */
    @Test
    void an_origin_of_an_unusable_client_is_refused_to_others() {
        Application rival = application("rival", Set.of("http://localhost:3000"), "github");
        OriginClaims claims = OriginClaims.NONE.next(claimants(portfolio)).next(claimants(portfolio, rival));

        assertThat(recognize(DirectorySnapshot.of(List.of(rival), claims), "http://localhost:3000"))
                .isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));
    }

    private static List<OriginClaims.Claimant> claimants(Application... applications) {
        return Stream.of(applications)
                .map(application -> new OriginClaims.Claimant(
                        application.clientId(),
                        application.enabled(),
                        application.origins(),
                        application.previews().map(Previews::patterns).orElse(Set.of())))
                .toList();
    }

    private static Application previewed(Application application) {
        return withPreviews(application, "https://portfolio.example.com", "https://*-preview.example.com");
    }

    private static boolean sharedHost(DirectorySnapshot snapshot, String host) {
        return ((Recognized) snapshot.recognizeHost(origin(host))).sharedHost();
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
