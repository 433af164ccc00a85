package io.github.multiclientauth.facade.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.directory.DirectoryFinding;
import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.oidc.ChangesSource;
import io.github.multiclientauth.origin.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FacadeDoctorTest {

    private final FacadeDoctor doctor = new FacadeDoctor();

    @Test
    void finds_nothing_wrong_in_a_correct_setup() {
        doctor.issuer("", "")
                .clock(Optional.of(Duration.ofSeconds(-2)))
                .directory("", Set.of())
                .secrets(Set.of())
                .keycloak(answer("{\"version\":1,\"findings\":[]}"))
                .cookies(applications("https://shop.example.com"), central());

        assertThat(doctor.findings()).isEmpty();
        assertThat(report().text()).isEqualTo("Nothing is wrong.\n");
        assertThat(report().status()).isZero();
    }

    @Test
    void finds_an_issuer_and_keys_that_cannot_be_used() {
        doctor.issuer("it sleeps", "").issuer("", "there is none");

        assertThat(ids()).containsExactly("issuer-unreachable", "keys-unreachable");
    }

    @ParameterizedTest
    @CsvSource({"31, ahead of", "-31, behind"})
    void finds_clocks_that_differ(long seconds, String how) {
        doctor.clock(Optional.of(Duration.ofSeconds(seconds)));

        assertThat(ids()).containsExactly("clock-skew");
        assertThat(doctor.findings().get(0).message()).contains("31 s " + how);
    }

    @ParameterizedTest
    @ValueSource(longs = {30, -30, 0})
    void tolerates_clocks_that_differ_a_little(long seconds) {
        assertThat(doctor.clock(Optional.of(Duration.ofSeconds(seconds))).findings())
                .isEmpty();
    }

    @Test
    void reports_the_findings_of_the_directory() {
        doctor.directory(
                "it is away",
                Set.of(
                        new DirectoryFinding(DirectoryFinding.Kind.APPLICATION_UNUSABLE, "shop", "no client secret"),
                        new DirectoryFinding(DirectoryFinding.Kind.PART_IGNORED, "", "an odd alias"),
                        new DirectoryFinding(DirectoryFinding.Kind.ORIGIN_CONTESTED, "", "claimed twice")));

        assertThat(ids())
                .containsExactly(
                        "directory-unreadable", "directory-entry-ignored", "origin-contested", "application-unusable");
        assertThat(doctor.findings().get(1).error()).as("the rest of it works").isFalse();
        assertThat(report().text()).contains("application-unusable  client shop\n         no client secret\n");
    }

    @Test
    void finds_an_account_that_may_not_ask_about_sessions() {
        doctor.changes(new ChangesSource.Fetched.Changes(Instant.EPOCH, Instant.EPOCH, List.of()));
        assertThat(ids()).isEmpty();

        doctor.changes(new ChangesSource.Fetched.Failed("the role multi-client-auth-sessions is missing"));
        assertThat(ids()).containsExactly("sessions-unreadable");
        assertThat(report().text()).contains("multi-client-auth-sessions");
    }

    @Test
    void finds_secrets_that_can_be_guessed() {
        doctor.secrets(Set.of("mca.clients.shop.secret"));

        assertThat(ids()).containsExactly("secret-too-weak");
        assertThat(doctor.findings().get(0).message()).contains("mca.clients.shop.secret");
    }

    @Test
    void passes_on_the_findings_of_keycloaks_doctor() {
        doctor.keycloak(
                answer(
                        "{\"version\":1,\"findings\":[{\"id\":\"origin-missing\",\"severity\":\"error\","
                                + "\"clientId\":\"shop\",\"message\":\"No Web origin\",\"fix\":\"Web origins\",\"later\":1},"
                                + "{\"id\":\"picture-not-kept\",\"severity\":\"warning\",\"message\":\"No picture\",\"fix\":\"User profile\"}]}"));

        assertThat(doctor.findings())
                .containsExactly(
                        new Finding("origin-missing", true, "shop", "No Web origin", "Web origins"),
                        new Finding("picture-not-kept", false, "", "No picture", "User profile"));
        assertThat(report().text())
                .contains("ERROR    origin-missing  client shop\n         No Web origin\n         Fix: Web origins\n")
                .endsWith("Errors: 1, warnings: 1\n");
        assertThat(report().status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"version\":2,\"findings\":[]}", "{\"version\":1}", "[]", "<html>"})
    void reports_an_unreadable_answer_of_keycloaks_doctor(String json) {
        doctor.keycloak(answer(json));

        assertThat(ids()).containsExactly("doctor-silent");
    }

    @Test
    void says_that_keycloak_cannot_be_asked() {
        doctor.keycloak(new Fetched.Failed("it may not"));

        assertThat(ids()).containsExactly("doctor-silent");
        assertThat(doctor.findings().get(0).message()).endsWith("it may not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example.net", "http://shop.example.com", "https://203.0.113.7"})
    void finds_cookies_that_browsers_may_block(String origin) {
        doctor.cookies(applications(origin), central());

        assertThat(ids()).containsExactly("cookie-third-party");
        assertThat(report().status())
                .as("it may be served at its own origin, too")
                .isZero();
    }

    @Test
    void says_nothing_of_cookies_where_there_is_no_central_origin() {
        doctor.cookies(applications("https://shop.example.net"), new CentralOrigins(Set.of()));

        assertThat(doctor.findings()).isEmpty();
    }

    @Test
    void control_characters_do_not_reach_the_terminal() {
        assertThat(new Report(List.of(new Finding("x-y", true, "a\u001b[2Jb", "m\r\nERROR", "z"))).text())
                .contains("client a?[2Jb")
                .contains("m??ERROR");
    }

    private Report report() {
        return new Report(doctor.findings());
    }

    private List<String> ids() {
        return doctor.findings().stream().map(Finding::id).toList();
    }

    private static Fetched answer(String json) {
        return new Fetched.Document(json, Optional.empty());
    }

    private static ClientDirectory applications(String origin) {
        DirectorySnapshot snapshot =
                DirectorySnapshot.of(List.of(Applications.application("shop", Set.of(origin), "github")));
        return () -> snapshot;
    }

    private static CentralOrigins central() {
        return new CentralOrigins(
                Set.of(Origin.parse("https://auth.example.com").orElseThrow()));
    }
}
