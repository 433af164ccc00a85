package io.github.multiclientauth.extension.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.doctor.ExaminedFlow.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

    private static final ExaminedFlow FLOW = flow("browser", Step.FIRST, "multi-client-auth", true, true);
    private static final ExaminedApplication SHOP = application("shop", Set.of("https://shop.example"));

    @Test
    void a_correct_realm_has_no_findings() {
        assertThat(Diagnosis.of(realm(SHOP))).isEmpty();
    }

    @Test
    void the_step_must_be_in_the_flow_of_each_application() {
        assertThat(ids(realm(flow("mine", Step.MISSING, "multi-client-auth", true, true, "shop", "blog"))))
                .containsExactly("blog flow-without-step", "shop flow-without-step");
    }

    @Test
    void a_flow_that_no_application_uses_is_ignored() {
        assertThat(ids(realm(flow("browser", Step.MISSING, "multi-client-auth", true, true))))
                .isEmpty();
    }

    /** An earlier doctor advised this, and nobody could sign in by such a flow. */
    @Test
    void the_step_must_not_stand_beside_alternatives() {
        assertThat(ids(realm(flow("browser", Step.BESIDE_ALTERNATIVES, "multi-client-auth", true, true, "shop"))))
                .containsExactly("shop step-beside-alternatives");
    }

    /** Other clients use the realm's flow, and have every provider that is switched on. */
    @Test
    void no_advice_changes_the_flow_of_other_clients() {
        assertThat(FindingKind.FLOW_WITHOUT_STEP.fix())
                .contains("adopt", "sub-flow", "Authentication flow overrides")
                .doesNotContainIgnoringCase("drag")
                .doesNotContain("Bind flow");
        assertThat(FindingKind.values())
                .filteredOn(kind -> kind.fix().contains("Identity providers")
                        && (kind.fix().contains("Enabled") || kind.fix().contains("enabled")))
                .allMatch(
                        kind -> kind.fix().contains("all clients") || kind.fix().contains("all\n"));
    }

    @Test
    void an_unusable_alias_is_reported_once_and_does_not_count_as_a_provider() {
        ExaminedApplication shop = offering("shop", "pr\u00fcfstelle", "github");
        ExaminedApplication blog = offering("blog", "pr\u00fcfstelle");

        assertThat(ids(realm(shop, blog))).containsExactly("provider-alias-unusable", "blog no-provider");
    }

    private static ExaminedApplication offering(String clientId, String... aliases) {
        return new ExaminedApplication(
                clientId,
                Set.of("https://" + clientId + ".example"),
                Set.of("https://" + clientId + ".example/*"),
                List.of(aliases),
                Set.of("pr\u00fcfstelle"),
                Set.of(),
                Set.of(),
                Map.of(),
                SHOP.logoutUrl(),
                List.of(),
                ExaminedSettings.USUAL);
    }

    /** The facade serves nobody there, rather than without the demand. */
    @Test
    void demands_must_be_understood() {
        ExaminedApplication demanding = new ExaminedApplication(
                "shop",
                SHOP.webOrigins(),
                SHOP.redirectUris(),
                SHOP.offered(),
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                SHOP.logoutUrl(),
                List.of("soon"),
                ExaminedSettings.USUAL);

        assertThat(ids(realm(demanding))).containsExactly("shop demand-unusable");
    }

    @Test
    void the_scope_must_be_there_and_have_the_mapper() {
        assertThat(ids(realm(flow("mine", Step.FIRST, "other", false, false)))).containsExactly("scope-missing");
        assertThat(ids(realm(flow("mine", Step.FIRST, "other", true, false)))).containsExactly("scope-without-mapper");
    }

    /** The scope's mappers ask the rules, and would not be run for requests without the scope. */
    @Test
    void an_application_must_have_the_scope_as_a_default_one() {
        ExaminedFlow flow =
                new ExaminedFlow("mine", Step.FIRST, List.of("shop", "blog"), "other", Set.of("blog"), true, true);

        assertThat(Diagnosis.of(realm(flow))).singleElement().satisfies(finding -> {
            assertThat(finding.kind().id()).isEqualTo("scope-optional");
            assertThat(finding.kind().severity()).isEqualTo(FindingKind.Severity.ERROR);
            assertThat(finding.clientId()).contains("blog");
            assertThat(finding.message()).contains("\"other\"");
            assertThat(finding.kind().fix()).contains("Client scopes", "Default");
        });
    }

    @Test
    void pictures_should_be_kept() {
        assertThat(ids(withoutPicture(Set.of("github")))).containsExactly("picture-not-kept");
        assertThat(ids(withoutPicture(Set.of()))).as("no provider, no picture").isEmpty();
    }

    private static ExaminedRealm withoutPicture(Set<String> signingIn) {
        return new ExaminedRealm(List.of(), List.of(FLOW), signingIn, Set.of(), false, Set.of());
    }

    @Test
    void an_application_must_have_an_origin() {
        assertThat(ids(realm(application("shop", Set.of())))).containsExactly("shop origin-missing");
        assertThat(ids(realm(application("shop", Set.of("*"))))).as("one cause").containsExactly("shop origin-missing");
        assertThat(ids(realm(application("shop", Set.of("https://shop.example", "*")))))
                .containsExactly("shop origin-unusable");
    }

    @Test
    void an_origin_is_compared_as_an_origin() {
        ExaminedApplication other = application("other", Set.of("HTTPS://SHOP.example:443"));

        assertThat(ids(realm(SHOP, other))).as("one cause").containsExactly("origin-registered-twice");
    }

    @Test
    void an_origin_should_have_a_redirect_uri() {
        assertThat(ids(realm(application("shop", Set.of("https://shop.example", "https://www.shop.example")))))
                .containsExactly("shop origin-without-redirect-uri");
    }

    @Test
    void a_provider_must_have_a_redirect_uri() {
        ExaminedApplication shop = shop(
                List.of("github", "google"),
                Set.of("google"),
                Set.of(),
                Map.of(),
                SHOP.logoutUrl(),
                ExaminedSettings.USUAL);

        assertThat(Diagnosis.of(realm(shop))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.REDIRECT_URI_MISSING);
            assertThat(finding.message()).contains("\"google\"");
        });
    }

    @Test
    void a_provider_that_a_rule_names_must_sign_people_in() {
        assertThat(ids(realm(named("github", "gitlab")))).containsExactly("shop provider-unavailable");
    }

    @Test
    void the_login_page_needs_a_redirect_uri_if_a_rule_names_it() {
        assertThat(Diagnosis.of(realm(named("github", "keycloak"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(FindingKind.REDIRECT_URI_MISSING);
                    assertThat(finding.message()).contains("\"keycloak\"");
                });
    }

    @Test
    void settings_that_stop_sign_ins_are_reported() {
        assertThat(ids(realm(with(new ExaminedSettings(false, true, true, "HS256", Map.of(), ExaminedApiAccess.FINE)))))
                .containsExactly("shop standard-flow-off", "shop id-token-algorithm", "shop front-channel-logout");
        assertThat(ids(realm(with(attribute(ClientAttribute.PKCE, "S256"))))).isEmpty();
        assertThat(ids(realm(with(attribute(ClientAttribute.PKCE, "plain"))))).containsExactly("shop pkce-method");
        assertThat(ids(realm(with(attribute(ClientAttribute.PKCE, ""))))).isEmpty();
        assertThat(ids(realm(with(attribute(ClientAttribute.ISSUER_EXCLUDED, "false")))))
                .isEmpty();
        assertThat(ids(realm(with(attribute(ClientAttribute.ISSUER_EXCLUDED, "true")))))
                .containsExactly("shop issuer-excluded");
        assertThat(ids(realm(with(attribute(ClientAttribute.REQUEST_OBJECT, "not required")))))
                .isEmpty();
        assertThat(ids(realm(with(attribute(ClientAttribute.REQUEST_OBJECT, "request only")))))
                .containsExactly("shop request-object-required");
        assertThat(ids(realm(with(attribute(ClientAttribute.ID_TOKEN_ENCRYPTED, "RSA-OAEP")))))
                .containsExactly("shop id-token-encrypted");
        assertThat(ids(realm(with(attribute(ClientAttribute.CERTIFICATE_BOUND, "true")))))
                .containsExactly("shop certificate-bound-tokens");
        assertThat(ids(realm(with(attribute(ClientAttribute.SECRET_METHOD, "client_secret_basic")))))
                .isEmpty();
        assertThat(ids(realm(with(attribute(ClientAttribute.SECRET_METHOD, "client_secret_post")))))
                .containsExactly("shop secret-method");
        assertThat(ids(realm(with(new ExaminedSettings(
                        true,
                        false,
                        false,
                        "RS256",
                        Map.of(ClientAttribute.SECRET_METHOD, "client_secret_post"),
                        ExaminedApiAccess.FINE)))))
                .as("it does not use its secret")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
    void every_algorithm_with_a_public_key_is_fine(String algorithm) {
        assertThat(ids(realm(
                        with(new ExaminedSettings(true, true, false, algorithm, Map.of(), ExaminedApiAccess.FINE)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512", "none", "ES256K"})
    void an_algorithm_that_the_facade_cannot_verify_is_reported(String algorithm) {
        assertThat(ids(realm(
                        with(new ExaminedSettings(true, true, false, algorithm, Map.of(), ExaminedApiAccess.FINE)))))
                .containsExactly("shop id-token-algorithm");
    }

    @Test
    void api_access_that_gives_no_token_is_reported() {
        assertThat(ids(realm(with(new ExaminedSettings(
                        true,
                        true,
                        false,
                        "RS256",
                        Map.of(),
                        new ExaminedApiAccess(List.of("everybody"), List.of("nowhere"), List.of("orders"), true))))))
                .containsExactly(
                        "shop api-access-unusable",
                        "shop api-access-audience",
                        "shop api-access-scope",
                        "shop api-access-certificate");
    }

    private static ExaminedSettings attribute(ClientAttribute attribute, String value) {
        return new ExaminedSettings(true, true, false, "RS256", Map.of(attribute, value), ExaminedApiAccess.FINE);
    }

    private static ExaminedApplication with(ExaminedSettings settings) {
        return shop(SHOP.offered(), Set.of(), Set.of(), Map.of(), SHOP.logoutUrl(), settings);
    }

    @Test
    void an_applications_own_provider_is_offered_although_the_shared_one_is_disabled() {
        ExaminedRealm realm =
                new ExaminedRealm(List.of(named("github")), List.of(FLOW), Set.of(), Set.of(), true, Set.of());

        assertThat(ids(realm)).isEmpty();
    }

    @Test
    void there_must_be_a_provider() {
        ExaminedApplication shop =
                shop(List.of(), Set.of(), Set.of(), Map.of(), SHOP.logoutUrl(), ExaminedSettings.USUAL);

        assertThat(ids(realm(shop))).containsExactly("shop no-provider");
    }

    @Test
    void a_logout_url_is_optional() {
        ExaminedApplication shop =
                shop(SHOP.offered(), Set.of(), Set.of(), Map.of(), Optional.empty(), ExaminedSettings.USUAL);

        assertThat(ids(realm(shop))).isEmpty();
    }

    @Test
    void a_logout_url_must_answer() {
        ExaminedRealm realm = new ExaminedRealm(
                List.of(SHOP),
                List.of(FLOW),
                Set.of("github"),
                Set.of(),
                true,
                Set.of(SHOP.logoutUrl().orElseThrow()));

        assertThat(Diagnosis.of(realm)).singleElement().satisfies(finding -> {
            assertThat(finding.kind().id()).isEqualTo("logout-url-unreachable");
            assertThat(finding.message()).endsWith("https://shop.example/api/auth/backchannel-logout is not reachable");
        });
    }

    @Test
    void a_provider_that_only_has_the_name_of_a_sibling_is_reported() {
        ExaminedApplication shop = shop(
                SHOP.offered(),
                Set.of(),
                Set.of(),
                Map.of("auth0-shop", "auth0"),
                SHOP.logoutUrl(),
                ExaminedSettings.USUAL);

        assertThat(Diagnosis.of(realm(shop))).singleElement().satisfies(finding -> {
            assertThat(finding.kind().id()).isEqualTo("sibling-does-not-count");
            assertThat(finding.clientId()).contains("shop");
            assertThat(finding.message()).contains("\"auth0-shop\"").contains("\"auth0\"");
        });
    }

    @Test
    void a_provider_with_the_name_of_keycloaks_own_login_page_is_reported() {
        ExaminedRealm realm =
                new ExaminedRealm(List.of(SHOP), List.of(FLOW), Set.of("github"), Set.of("Keycloak"), true, Set.of());

        assertThat(Diagnosis.of(realm)).singleElement().satisfies(finding -> {
            assertThat(finding.kind().id()).isEqualTo("provider-named-keycloak");
            assertThat(finding.clientId()).isEmpty();
            assertThat(finding.message()).contains("\"Keycloak\"");
        });
    }

    @Test
    void every_kind_has_an_id_and_a_field_of_its_own() {
        assertThat(FindingKind.values())
                .extracting(FindingKind::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)+"));
        assertThat(FindingKind.values()).allSatisfy(kind -> {
            assertThat(kind.fix()).isNotBlank();
            assertThat(kind.text("x")).doesNotContain("%");
        });
    }

    private static ExaminedFlow flow(
            String alias, Step step, String scope, boolean scopeExists, boolean hasMapper, String... clientIds) {
        return new ExaminedFlow(alias, step, List.of(clientIds), scope, Set.of(), scopeExists, hasMapper);
    }

    /** {@link #SHOP} with other values. */
    private static ExaminedApplication shop(
            List<String> offered,
            Set<String> withoutCallback,
            Set<String> named,
            Map<String, String> onlyNamed,
            Optional<String> logoutUrl,
            ExaminedSettings settings) {
        return new ExaminedApplication(
                "shop",
                SHOP.webOrigins(),
                SHOP.redirectUris(),
                offered,
                withoutCallback,
                Set.of(),
                named,
                onlyNamed,
                logoutUrl,
                List.of(),
                settings);
    }

    private static ExaminedApplication named(String... providers) {
        return shop(SHOP.offered(), Set.of(), Set.of(providers), Map.of(), SHOP.logoutUrl(), ExaminedSettings.USUAL);
    }

    private static ExaminedApplication application(String clientId, Set<String> webOrigins) {
        return new ExaminedApplication(
                clientId,
                webOrigins,
                Set.of("https://shop.example/api/auth/callback/*"),
                List.of("github"),
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                Optional.of("https://shop.example/api/auth/backchannel-logout"),
                List.of(),
                ExaminedSettings.USUAL);
    }

    private static ExaminedRealm realm(ExaminedFlow... flows) {
        return new ExaminedRealm(List.of(), Arrays.asList(flows), Set.of(), Set.of(), true, Set.of());
    }

    private static ExaminedRealm realm(ExaminedApplication... applications) {
        return new ExaminedRealm(
                Arrays.asList(applications), List.of(FLOW), Set.of("github"), Set.of(), true, Set.of());
    }

    private static List<String> ids(ExaminedRealm realm) {
        return Diagnosis.of(realm).stream()
                .map(finding -> finding.clientId().map(client -> client + " ").orElse("")
                        + finding.kind().id())
                .toList();
    }
}
