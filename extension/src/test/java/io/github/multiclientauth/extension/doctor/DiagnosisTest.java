package io.github.multiclientauth.extension.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final ExaminedFlow FLOW = new ExaminedFlow("browser", true, "multi-client-auth", true, true);
    private static final ExaminedApplication SHOP = application("shop", Set.of("https://shop.example"));

    @Test
    void nothing_is_wrong_with_what_is_right() {
        assertThat(Diagnosis.of(realm(SHOP))).isEmpty();
    }

    @Test
    void the_step_must_be_in_the_flow() {
        assertThat(ids(realm(new ExaminedFlow("mine", false, "multi-client-auth", true, true))))
                .containsExactly("flow-without-step");
    }

    @Test
    void the_scope_must_be_there_and_have_the_mapper() {
        assertThat(ids(realm(new ExaminedFlow("mine", true, "other", false, false))))
                .containsExactly("scope-missing");
        assertThat(ids(realm(new ExaminedFlow("mine", true, "other", true, false))))
                .containsExactly("scope-without-mapper");
    }

    @Test
    void pictures_should_be_kept() {
        ExaminedRealm realm = new ExaminedRealm(List.of(), List.of(FLOW), Set.of(), false, Map.of());

        assertThat(ids(realm)).containsExactly("picture-not-kept");
    }

    @Test
    void an_application_must_have_an_origin() {
        assertThat(ids(realm(application("shop", Set.of())))).containsExactly("shop origin-missing");
        assertThat(ids(realm(application("shop", Set.of("*")))))
                .containsExactlyInAnyOrder("shop origin-missing", "shop origin-unusable");
    }

    @Test
    void an_origin_is_compared_as_an_origin() {
        ExaminedApplication other = application("other", Set.of("HTTPS://SHOP.example:443"));

        assertThat(ids(realm(SHOP, other)))
                .containsExactly("other origin-registered-twice", "shop origin-registered-twice");
    }

    @Test
    void an_origin_should_have_a_redirect_uri() {
        assertThat(ids(realm(application("shop", Set.of("https://shop.example", "https://www.shop.example")))))
                .containsExactly("shop origin-without-redirect-uri");
    }

    @Test
    void a_provider_must_have_a_redirect_uri() {
        ExaminedApplication shop = new ExaminedApplication(
                "shop",
                SHOP.webOrigins(),
                SHOP.redirectUris(),
                List.of("github", "google"),
                Set.of("google"),
                Set.of(),
                SHOP.logoutUrl());

        assertThat(Diagnosis.of(realm(shop))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.REDIRECT_URI_MISSING);
            assertThat(finding.message()).contains("\"google\"");
        });
    }

    @Test
    void a_provider_that_a_rule_names_must_sign_people_in() {
        assertThat(ids(realm(named("github", "gitlab", "keycloak")))).containsExactly("shop provider-unavailable");
    }

    @Test
    void a_provider_of_the_application_is_there_though_the_shared_one_is_not() {
        ExaminedRealm realm = new ExaminedRealm(List.of(named("github")), List.of(FLOW), Set.of(), true, Map.of());

        assertThat(ids(realm)).isEmpty();
    }

    @Test
    void there_must_be_a_provider() {
        ExaminedApplication shop = new ExaminedApplication(
                "shop", SHOP.webOrigins(), SHOP.redirectUris(), List.of(), Set.of(), Set.of(), SHOP.logoutUrl());

        assertThat(ids(realm(shop))).containsExactly("shop no-provider");
    }

    @Test
    void sessions_should_end_with_keycloaks() {
        ExaminedApplication shop = new ExaminedApplication(
                "shop", SHOP.webOrigins(), SHOP.redirectUris(), SHOP.offered(), Set.of(), Set.of(), Optional.empty());

        assertThat(ids(realm(shop))).containsExactly("shop logout-url-missing");
    }

    @Test
    void a_logout_url_must_answer() {
        ExaminedRealm realm = new ExaminedRealm(
                List.of(SHOP),
                List.of(FLOW),
                Set.of("github"),
                true,
                Map.of(SHOP.logoutUrl().orElseThrow(), "it answers with status 404"));

        assertThat(Diagnosis.of(realm)).singleElement().satisfies(finding -> {
            assertThat(finding.kind().id()).isEqualTo("logout-url-unreachable");
            assertThat(finding.message()).endsWith("404");
        });
    }

    @Test
    void every_kind_has_an_id_and_a_field_of_its_own() {
        assertThat(FindingKind.values())
                .extracting(FindingKind::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)+"));
        assertThat(FindingKind.values()).allSatisfy(kind -> {
            assertThat(kind.mend()).isNotBlank();
            assertThat(kind.text("x")).doesNotContain("%");
        });
    }

    private static ExaminedApplication named(String... providers) {
        return new ExaminedApplication(
                "shop",
                SHOP.webOrigins(),
                SHOP.redirectUris(),
                SHOP.offered(),
                Set.of(),
                Set.of(providers),
                SHOP.logoutUrl());
    }

    private static ExaminedApplication application(String clientId, Set<String> webOrigins) {
        return new ExaminedApplication(
                clientId,
                webOrigins,
                Set.of("https://shop.example/api/auth/callback/*"),
                List.of("github"),
                Set.of(),
                Set.of(),
                Optional.of("https://shop.example/api/auth/backchannel-logout"));
    }

    private static ExaminedRealm realm(ExaminedFlow... flows) {
        return new ExaminedRealm(List.of(), Arrays.asList(flows), Set.of(), true, Map.of());
    }

    private static ExaminedRealm realm(ExaminedApplication... applications) {
        return new ExaminedRealm(Arrays.asList(applications), List.of(FLOW), Set.of("github"), true, Map.of());
    }

    private static List<String> ids(ExaminedRealm realm) {
        return Diagnosis.of(realm).stream()
                .map(finding -> finding.clientId().map(client -> client + " ").orElse("")
                        + finding.kind().id())
                .toList();
    }
}
