package io.github.multiclientauth.facade.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.directory.DirectoryFinding;
import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.oidc.AccessTokenSource;
import io.github.multiclientauth.facade.oidc.ChangesSource;
import io.github.multiclientauth.facade.oidc.SignInTrial;
import io.github.multiclientauth.origin.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FacadeDoctorTest {

    private static final DoctorOptions USUAL = new DoctorOptions(false, Set.of());

    private final FacadeDoctor doctor = new FacadeDoctor();

    @Test
    void finds_nothing_wrong_in_a_correct_setup() {
        doctor.issuer("", "")
                .clock(Optional.of(Duration.ofSeconds(-2)))
                .directoryProblem("")
                .directory(Set.of())
                .secrets(Set.of())
                .untrustedProxies(0)
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

    @Test
    void finds_requests_of_a_proxy_that_the_running_facade_does_not_trust() {
        doctor.untrustedProxies(3);

        assertThat(ids()).containsExactly("proxy-untrusted");
        assertThat(doctor.findings().get(0).message()).contains("3 requests", "X-Forwarded-Host");
        assertThat(doctor.findings().get(0).fix()).contains("quarkus.http.proxy.trusted-proxies");
        assertThat(report().status()).as("a stranger may have caused it").isZero();
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
        doctor.directory(Set.of(
                new DirectoryFinding(DirectoryFinding.Kind.APPLICATION_UNUSABLE, "shop", "no client secret"),
                new DirectoryFinding(DirectoryFinding.Kind.PART_IGNORED, "", "an odd alias"),
                new DirectoryFinding(DirectoryFinding.Kind.ORIGIN_CONTESTED, "", "claimed twice")));

        assertThat(ids()).containsExactly("directory-entry-ignored", "origin-contested", "application-unusable");
        assertThat(doctor.findings().get(0).error()).as("the rest of it works").isFalse();
        assertThat(report().text()).contains("application-unusable  client shop\n         no client secret\n");
    }

    /** The question is about a session that does not exist. */
    @Test
    void finds_an_account_that_may_not_get_access_tokens() {
        doctor.accessTokens(new AccessTokenSource.Answer.Ended("No such session"));
        doctor.accessTokens(new AccessTokenSource.Answer.Refused("API access is off"));
        assertThat(ids()).isEmpty();

        doctor.accessTokens(new AccessTokenSource.Answer.Unknown("the role multi-client-auth-tokens is missing"));
        assertThat(ids()).containsExactly("tokens-unavailable");
        assertThat(report().text()).contains("multi-client-auth-tokens");
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
        assertThat(new Report(List.of(new Finding("x-y", true, "a\u001b[2Jb", "m\r\nERROR", "z")), USUAL).text())
                .contains("client a?[2Jb")
                .contains("m??ERROR");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mca.clients.shop.secret is wrong | mca.clients.shop.secret (MCA_CLIENTS_SHOP_SECRET) is wrong
            (mca.clients."shop".secret) | (mca.clients.shop.secret (MCA_CLIENTS_SHOP_SECRET))
            mca.clients."my.Shop".secret | mca.clients."my.Shop".secret
            mca.issuer, or a name | mca.issuer (MCA_ISSUER), or a name
            see mca.client-key.file. | see mca.client-key.file (MCA_CLIENT_KEY_FILE).
            mca.issuer (MCA_ISSUER) | mca.issuer (MCA_ISSUER)
            """)
    void names_settings_in_both_spellings(String text, String expected) {
        assertThat(SettingName.inBothSpellings(text)).isEqualTo(expected);
    }

    @Test
    void an_origin_that_keycloaks_doctor_has_found_is_reported_once() {
        doctor.keycloak(
                        answer(
                                "{\"version\":1,\"findings\":[{\"id\":\"origin-missing\",\"severity\":\"error\",\"clientId\":\"shop\","
                                        + "\"message\":\"m\",\"fix\":\"f\"},{\"id\":\"origin-registered-twice\",\"severity\":\"error\","
                                        + "\"message\":\"The Web origin https://a.example (of x, y) belongs\",\"fix\":\"f\"}]}"))
                .directory(Set.of(
                        new DirectoryFinding(DirectoryFinding.Kind.APPLICATION_UNUSABLE, "shop", "no Web Origin"),
                        new DirectoryFinding(
                                DirectoryFinding.Kind.ORIGIN_CONTESTED,
                                "",
                                "more than one has https://a.example (x, y)"),
                        new DirectoryFinding(
                                DirectoryFinding.Kind.ORIGIN_CONTESTED,
                                "",
                                "more than one has https://b.example (x, y)")));

        assertThat(ids()).containsExactly("origin-missing", "origin-registered-twice", "origin-contested");
    }

    @Test
    void finds_applications_whose_sign_ins_keycloak_refuses() {
        doctor.keycloak(answer("{\"version\":1,\"findings\":[{\"id\":\"standard-flow-off\",\"severity\":\"error\","
                        + "\"clientId\":\"off\",\"message\":\"m\",\"fix\":\"f\"}]}"))
                .refusedSignIns(Map.of(new ClientId("off"), new SignInTrial.Refused(false, "unauthorized_client")));
        assertThat(ids()).as("its cause is reported already").containsExactly("standard-flow-off");

        doctor.refusedSignIns(Map.of(new ClientId("off"), new SignInTrial.Refused(true, "unauthorized_client")))
                .refusedSignIns(Map.of(new ClientId("shop"), new SignInTrial.Refused(false, "invalid_request: why")));
        assertThat(ids()).containsExactly("standard-flow-off", "client-refused", "sign-in-refused");
        assertThat(report().text()).contains("client off", "mca.clients.off.secret (MCA_CLIENTS_OFF_SECRET)", "why");
    }

    @Test
    void finds_secrets_for_clients_that_are_no_applications() {
        doctor.secretsWithoutApplication(List.of(new ClientId("shop")));

        assertThat(ids()).containsExactly("secret-without-application");
        assertThat(report().text()).contains("client shop", "MCA_CLIENTS_SHOP_SECRET", "multi-client-auth");
    }

    @Test
    void leaves_out_ignored_findings() {
        doctor.issuer("it sleeps", "").secrets(Set.of("mca.clients.shop.secret"));

        Report report = new Report(
                doctor.findings(),
                DoctorOptions.of(List.of("--ignore", "secret-too-weak")).orElseThrow());
        assertThat(report.text()).doesNotContain("secret-too-weak").endsWith("Errors: 1, warnings: 0, ignored: 1\n");
        assertThat(report.status()).isEqualTo(1);
        Report none = new Report(
                doctor.findings(),
                DoctorOptions.of(List.of("--ignore=secret-too-weak", "--ignore", "issuer-unreachable", "--json"))
                        .orElseThrow());
        assertThat(none.status()).isZero();
        assertThat(none.json())
                .isEqualTo("{\"version\":1,\"errors\":0,\"warnings\":0,\"ignored\":2,\"findings\":[]}\n");
    }

    @Test
    void prints_json() {
        doctor.secrets(Set.of("mca.clients.shop.secret")).cookies(applications("https://shop.example.net"), central());

        assertThat(report().json())
                .contains("\"errors\":1,\"warnings\":1")
                .contains(
                        "{\"id\":\"cookie-third-party\",\"severity\":\"warning\",\"clientId\":\"shop\",\"message\":\"")
                .endsWith("}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ignore", "--ignore=", "--ignore Nothing", "--jsn", "shop", "--json=true"})
    void refuses_unknown_options(String options) {
        assertThat(DoctorOptions.of(List.of(options.split(" ")))).isEmpty();
    }

    private Report report() {
        return new Report(doctor.findings(), USUAL);
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
