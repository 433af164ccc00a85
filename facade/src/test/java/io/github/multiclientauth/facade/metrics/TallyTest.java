package io.github.multiclientauth.facade.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.event.Actor;
import io.github.multiclientauth.facade.event.ReadOutcome;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.SignOutOutcome;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reference;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TallyTest {

    private static final int FLOOD = 5000;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Tally tally = new Tally(registry);

    private static AuthRequest portfolio(String path) {
        return Requests.get(Applications.PORTFOLIO, path).build();
    }

    private static Actor actor(String provider) {
        return new Actor("user", "sid", provider, Optional.empty(), Optional.empty());
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private long series(String name) {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().equals(name))
                .count();
    }

    @Test
    void sign_ins_are_counted_by_client_provider_and_outcome() {
        tally.report(new SignInEvent.Started(portfolio("/signin/github")));
        tally.report(new SignInEvent.Started(portfolio("/signin/github")));
        tally.report(new SignInEvent.KeycloakUnavailable(portfolio("/signin/keycloak"), "away"));

        String name = "multi.client.auth.sign.ins";
        assertThat(count(name, "client", "portfolio", "provider", "github", "outcome", "started"))
                .isEqualTo(2);
        assertThat(count(name, "client", "portfolio", "provider", "keycloak", "outcome", "keycloak_unavailable"))
                .isEqualTo(1);
    }

    @Test
    void every_outcome_is_there_at_zero_as_soon_as_there_is_one() {
        tally.report(new SignInEvent.SignedIn(portfolio("/callback/github"), actor("github")));

        String[] labels = {"client", "portfolio", "provider", "github"};
        assertThat(registry.get("multi.client.auth.callbacks").tags(labels).counters())
                .extracting(counter -> counter.getId().getTag("outcome"))
                .containsExactlyInAnyOrder(
                        "signed_in",
                        "provider_error",
                        "nobody",
                        "refused",
                        "unknown_sign_in",
                        "step_up_required",
                        "handed_off",
                        "hand_off_refused");
        assertThat(count("multi.client.auth.callbacks", "outcome", "refused")).isZero();
    }

    @Test
    void providers_that_strangers_make_up_share_one_label() {
        IntStream.range(0, FLOOD).forEach(i -> {
            tally.report(new SignInEvent.UnknownProvider(portfolio("/signin/made-up-" + i)));
            tally.report(new SignInEvent.CallbackRefused(
                    portfolio("/callback/made-up-" + i), false, Cause.UNKNOWN_SIGN_IN, "forged"));
        });

        assertThat(series("multi.client.auth.sign.ins")).isEqualTo(SignInOutcome.values().length);
        assertThat(series("multi.client.auth.callbacks")).isEqualTo(CallbackOutcome.values().length);
        assertThat(count("multi.client.auth.sign.ins", "provider", "unknown", "outcome", "unknown_provider"))
                .isEqualTo(FLOOD);
    }

    /** An alert about refused callbacks must be none that strangers can cause. */
    @Test
    void a_callback_of_a_sign_in_that_the_browser_has_not_begun_is_not_counted_as_refused() {
        tally.report(
                new SignInEvent.CallbackRefused(portfolio("/callback/github"), false, Cause.UNKNOWN_SIGN_IN, "forged"));
        tally.report(
                new SignInEvent.CallbackRefused(portfolio("/callback/github"), false, Cause.UNKNOWN_SIGN_IN, "forged"));
        tally.report(
                new SignInEvent.CallbackRefused(portfolio("/callback/github"), true, Cause.CODE_REFUSED, "genuine"));

        assertThat(count("multi.client.auth.callbacks", "outcome", "refused")).isEqualTo(1);
        assertThat(count("multi.client.auth.callbacks", "outcome", "unknown_sign_in"))
                .isEqualTo(2);
    }

    @Test
    void a_provider_that_another_application_offers_is_unknown() {
        tally.report(new SignInEvent.UnknownProvider(
                Requests.get(Applications.DASHBOARD, "/signin/keycloak").build()));

        assertThat(count("multi.client.auth.sign.ins", "outcome", "unknown_provider", "provider", "unknown"))
                .isEqualTo(1);
    }

    @Test
    void clients_beyond_the_limit_share_one_label() {
        IntStream.range(0, FLOOD)
                .mapToObj(i -> Applications.at("client-" + i, "http://localhost:3000", "github"))
                .forEach(at -> tally.report(
                        new SessionEvent.Read(Requests.get(at, "/session").build(), ReadOutcome.COOKIE)));

        assertThat(series("multi.client.auth.session.reads"))
                .isEqualTo((OutcomeCounters.MAX_KEYS + 1L) * ReadOutcome.values().length);
        assertThat(count("multi.client.auth.session.reads", "client", "other", "outcome", "cookie"))
                .isEqualTo(FLOOD - OutcomeCounters.MAX_KEYS);
        assertThat(count("multi.client.auth.session.reads", "client", "client-0", "outcome", "cookie"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_read_counts_once_and_is_no_confirmation(ReadOutcome outcome) {
        tally.report(new SessionEvent.Read(portfolio("/session"), outcome));

        assertThat(sum("multi.client.auth.session.reads")).isEqualTo(1);
        assertThat(sum("multi.client.auth.session.confirmations")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED, alive",
        "ENDED, ended",
        "MISMATCH, mismatch",
        "GRACE, unconfirmed",
        "UNAVAILABLE, unconfirmed",
    })
    void confirmations_are_counted_by_client_provider_and_outcome(ReadOutcome outcome, String label) {
        tally.report(new SessionEvent.Confirmed(portfolio("/session"), "github", outcome));

        String name = "multi.client.auth.session.confirmations";
        assertThat(count(name, "client", "portfolio", "provider", "github", "outcome", label))
                .isEqualTo(1);
        assertThat(sum(name)).isEqualTo(1);
    }

    /** The session may have begun while the application still offered the provider. */
    @Test
    void a_provider_that_is_no_longer_offered_is_unknown() {
        tally.report(new SessionEvent.Confirmed(portfolio("/session"), "gone", ReadOutcome.CONFIRMED));
        tally.report(new SignOutEvent.SignedOut(
                portfolio("/signout"), Optional.of(actor("gone")), SignOutOutcome.SIGNED_OUT));

        assertThat(count("multi.client.auth.session.confirmations", "provider", "unknown", "outcome", "alive"))
                .isEqualTo(1);
        assertThat(count("multi.client.auth.sign.outs", "provider", "unknown", "outcome", "signed_out"))
                .isEqualTo(1);
    }

    private double sum(String name) {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().equals(name))
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    @Test
    void a_refused_logout_token_counts_for_no_client() {
        tally.report(new SignOutEvent.EndedByKeycloak(new ClientId("portfolio"), Optional.of("sid"), Optional.empty()));
        tally.report(new SignOutEvent.LogoutTokenRefused("forged"));

        String name = "multi.client.auth.backchannel.logouts";
        assertThat(count(name, "client", "portfolio", "outcome", "ended")).isEqualTo(1);
        assertThat(count(name, "client", "unknown", "outcome", "refused")).isEqualTo(1);
        assertThat(count(name, "client", "portfolio", "outcome", "refused")).isZero();
    }

    @Test
    void sign_outs_are_counted_by_client_provider_and_outcome() {
        tally.report(new SignOutEvent.SignedOut(
                portfolio("/signout"), Optional.of(actor("github")), SignOutOutcome.KEYCLOAK_SESSION_REMAINS));
        tally.report(new SignOutEvent.SignedOut(portfolio("/signout"), Optional.empty(), SignOutOutcome.NOBODY));

        String name = "multi.client.auth.sign.outs";
        assertThat(count(name, "client", "portfolio", "provider", "github", "outcome", "keycloak_session_remains"))
                .isEqualTo(1);
        assertThat(count(name, "client", "portfolio", "provider", "unknown", "outcome", "nobody"))
                .isEqualTo(1);
    }

    @Test
    void each_reason_for_an_unrecognised_request_has_its_own_label() {
        Arrays.stream(Recognition.Reason.values())
                .forEach(reason -> tally.report(new RequestEvent.Unrecognised(
                        new Reference("0000ABCD"), reason, "http://host.example", "host.example", "", false)));
        tally.report(new RequestEvent.Unrecognised(
                new Reference("0000ABCD"),
                Recognition.Reason.UNKNOWN_ORIGIN,
                "http://facade:8090",
                "facade:8090",
                "X-Forwarded-Host \"host.example\" of 192.0.2.1",
                false));

        assertThat(registry.get("multi.client.auth.refused.requests").counters())
                .filteredOn(counter -> counter.count() > 0)
                .hasSize(Recognition.Reason.values().length + 1)
                .allMatch(counter -> counter.count() == 1);
    }
}
