package io.github.multiclientauth.facade.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.ApiAccess;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Previews;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.RedirectUris;
import io.github.multiclientauth.facade.client.StepUp;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import io.github.multiclientauth.facade.directory.DirectoryDocument.UnreadableException;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryDocumentTest {

    private static final ClientSecrets SECRETS = clientId ->
            clientId.value().equals("shop") ? Optional.of(new Secret("the client secret")) : Optional.empty();

    private static DirectoryDocument read(String applications) throws UnreadableException {
        return DirectoryDocument.read(
                "{\"version\":1,\"realm\":\"r\",\"applications\":[" + applications + "]}", SECRETS);
    }

    private static String shop(String more) {
        return "{\"clientId\":\"shop\",\"webOrigins\":[\"https://shop.example\"]" + more + "}";
    }

    @Test
    void tells_everything_about_an_application() throws UnreadableException {
        Application shop = read(shop(",\"name\":\"The shop\",\"enabled\":true,\"authentication\":\"client_secret\","
                        + "\"redirectUris\":[],\"later\":{\"unknown\":1},\"providers\":[{\"alias\":\"github\"},"
                        + "{\"alias\":\"corp\",\"displayName\":\"Our login\"},{\"alias\":\"github\"}]"))
                .applications()
                .get(0);

        assertThat(shop.clientId()).hasToString("shop");
        assertThat(shop.name()).isEqualTo("The shop");
        assertThat(shop.origins()).hasToString("[https://shop.example]");
        assertThat(shop.authentication())
                .isEqualTo(new ClientAuthentication.ClientSecret(new Secret("the client secret")));
        assertThat(shop.providers()).containsExactly(new Provider("github"), new Provider("corp"));
        assertThat(shop.providers()).extracting(Provider::displayName).containsExactly("GitHub", "Our login");
    }

    @Test
    void without_redirect_uris_the_extension_is_older_and_every_provider_is_offered() throws UnreadableException {
        assertThat(read(shop("")).applications().get(0).redirectUris()).isEqualTo(RedirectUris.UNKNOWN);
        assertThat(read(shop(",\"redirectUris\":[]")).applications().get(0).redirectUris())
                .isEqualTo(new RedirectUris(Optional.of(Set.of())));
        assertThat(read(shop(",\"redirectUris\":[\"https://shop.example/*\"]"))
                        .applications()
                        .get(0)
                        .redirectUris()
                        .admit("https://shop.example/api/auth/callback/github"))
                .isTrue();
    }

    @Test
    void tells_what_is_demanded_of_the_authentication() throws UnreadableException {
        assertThat(stepUp(",\"acrLevels\":{\"silver\":1,\"gold\":2},\"minimumAcr\":\"gold\",\"maximumAge\":0,"
                        + "\"showAuthentication\":true"))
                .isEqualTo(new StepUp(Map.of("silver", 1, "gold", 2), Optional.of("gold"), OptionalInt.of(0), true));
        assertThat(stepUp("")).as("of an older extension").isEqualTo(StepUp.NONE);
        assertThat(stepUp(",\"acrLevels\":{\"gold\":\"much\",\"silver\":1},\"minimumAcr\":null,\"maximumAge\":null"))
                .isEqualTo(new StepUp(Map.of("silver", 1), Optional.empty(), OptionalInt.empty(), false));
    }

    @Test
    void tells_who_gets_access_tokens() throws UnreadableException {
        assertThat(apiAccess(",\"accessTokens\":{\"for\":\"servers\"}")).isEqualTo(new ApiAccess(true, false));
        assertThat(apiAccess(",\"accessTokens\":{\"for\":\"servers-and-proxies\"}"))
                .isEqualTo(new ApiAccess(true, true));
        for (String none : List.of(
                "",
                ",\"accessTokens\":null",
                ",\"accessTokens\":\"servers\"",
                ",\"accessTokens\":{\"for\":\"everybody\"}",
                ",\"accessTokens\":{\"for\":[\"servers\"]}")) {
            assertThat(apiAccess(none)).as(none).isEqualTo(ApiAccess.NONE);
        }
    }

    private static ApiAccess apiAccess(String more) throws UnreadableException {
        return read(shop(more)).applications().get(0).apiAccess();
    }

    private static StepUp stepUp(String more) throws UnreadableException {
        return read(shop(more)).applications().get(0).stepUp();
    }

    /** Nobody is signed in there, rather than without the demand. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"minimumAcr\":\"gold silver\"",
                "\"minimumAcr\":\"\"",
                "\"minimumAcr\":2",
                "\"maximumAge\":\"soon\"",
                "\"maximumAge\":\"60\"",
                "\"maximumAge\":-1",
                "\"maximumAge\":1.5",
                "\"maximumAge\":99999999999",
                "\"maximumAge\":[]",
            })
    void does_not_serve_an_application_whose_demand_cannot_be_understood(String demand) throws UnreadableException {
        DirectoryDocument document = read(shop("," + demand));

        assertThat(document.applications()).isEmpty();
        assertThat(document.findings()).singleElement().asString().containsAnyOf("Minimum acr", "Maximum age");
    }

    @Test
    void a_page_that_is_no_path_costs_the_application_that_page_only() throws UnreadableException {
        DirectoryDocument document = read(shop(",\"pages\":{\"signIn\":\"/login\",\"error\":\"//evil.example\"}"));

        Application shop = document.applications().get(0);
        assertThat(shop.pages().signIn()).hasToString("Optional[PagePath[value=/login]]");
        assertThat(shop.pages().error()).isEmpty();
        assertThat(document.findings()).singleElement().asString().contains("page error", "//evil.example");
        assertThat(read(shop(",\"pages\":{\"signIn\":1,\"error\":null}"))
                        .applications()
                        .get(0)
                        .pages()
                        .signIn())
                .isEmpty();
    }

    /** Each document is far smaller than the largest accepted answer, and would still fill the memory. */
    @ParameterizedTest
    @ValueSource(strings = {"{},", "[],", "0,", "{\"a\":{}},"})
    void refuses_a_document_with_too_many_tokens(String entry) {
        String entries = entry.repeat((int) DirectoryDocument.MAX_TOKENS);

        assertThatThrownBy(() -> read(entries + "{}"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("more in it than any directory has");
    }

    @Test
    void refuses_what_no_directory_has_in_a_field_that_it_does_not_know() {
        for (String value :
                Set.of("[".repeat(30) + "]".repeat(30), "\"" + "x".repeat(2_000_000) + "\"", "1".repeat(200))) {
            assertThatThrownBy(() -> read(shop(",\"later\":" + value)))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("more in it than any directory has");
        }
    }

    @Test
    void calls_an_application_without_a_name_by_its_client_id() throws UnreadableException {
        assertThat(read(shop(",\"name\":\" \"")).applications().get(0).name()).isEqualTo("shop");
    }

    @Test
    void tells_where_an_application_has_previews() throws UnreadableException {
        DirectoryDocument document =
                read(shop(previews("\"https://*-preview.shop.example\",\"https://*\"", "\"https://shop.example\"")));

        assertThat(document.applications().get(0).previews())
                .hasValue(new Previews(
                        Set.of(OriginPattern.parse("https://*-preview.shop.example")
                                .orElseThrow()),
                        Origin.parse("https://shop.example").orElseThrow()));
        assertThat(document.findings()).singleElement().asString().contains("shop", "https://*", "no pattern");
        assertThat(read(shop("")).applications().get(0).previews()).isEmpty();
    }

    /** The facade does not rely on the extension to validate values. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"https://foreign.example\"",
                "\"https://*.shop.example\"",
                "\"https://shop.example/\"",
                "\"\"",
                "null",
                "1"
            })
    void a_callback_origin_that_is_not_the_applications_means_no_previews(String callbackOrigin)
            throws UnreadableException {
        DirectoryDocument document = read(shop(previews("\"https://*.shop.example\"", callbackOrigin)));

        assertThat(document.applications().get(0).previews()).isEmpty();
        assertThat(document.findings()).singleElement().asString().contains("shop", "callback origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "1", "{\"patterns\":{}}", "{\"patterns\":[[1]]}"})
    void unusable_previews_are_ignored(String previews) throws UnreadableException {
        assertThat(read(shop(",\"authentication\":\"none\",\"previews\":" + previews))
                        .applications()
                        .get(0)
                        .previews())
                .isEmpty();
    }

    private static String previews(String patterns, String callbackOrigin) {
        return ",\"authentication\":\"none\",\"previews\":{\"patterns\":[" + patterns + "],\"callbackOrigin\":"
                + callbackOrigin + "}";
    }

    @Test
    void tells_what_the_client_demands() throws UnreadableException {
        assertThat(read(shop(",\"par\":true,\"dpop\":true"))
                        .applications()
                        .get(0)
                        .demands())
                .isEqualTo(new Application.Demands(true, true));
        assertThat(read(shop("")).applications().get(0).demands()).isEqualTo(Application.Demands.NONE);
    }

    /** An extension that is older than the field leaves Keycloak's default. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ,"idTokenAlgorithm":"PS256" | PS256 | false
            ,"idTokenAlgorithm":"HS256","logoutTokensByAnyAlgorithm":true | HS256 | true
            ,"idTokenAlgorithm":"EdDSA","logoutTokensByAnyAlgorithm":false | EdDSA | false
            ,"idTokenAlgorithm":null,"logoutTokensByAnyAlgorithm":null | RS256 | false
            ,"idTokenAlgorithm":"","logoutTokensByAnyAlgorithm":"yes" | '' | false
            ,"idTokenAlgorithm":7 | 7 | false
            ,"enabled":true | RS256 | false
            """)
    void tells_how_the_clients_tokens_are_signed(String fields, String idToken, boolean any)
            throws UnreadableException {
        assertThat(read(shop(fields)).applications().get(0).demands().algorithms())
                .isEqualTo(new TokenAlgorithms(idToken, any));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["email","profile"] | email,profile
            ["email"] | email
            ["email","phone",7] | email
            [] | ''
            """)
    void tells_for_which_scopes_the_client_can_be_asked(String listed, String expected) throws UnreadableException {
        assertThat(read(shop(",\"scopes\":" + listed)).applications().get(0).demands().scopes().stream()
                        .sorted()
                        .collect(Collectors.joining(",")))
                .isEqualTo(expected);
    }

    @Test
    void leaves_out_a_public_client_whose_tokens_are_bound() throws UnreadableException {
        DirectoryDocument document = read(shop(",\"authentication\":\"none\",\"dpop\":true"));

        assertThat(document.applications()).isEmpty();
        assertThat(document.findings()).singleElement().asString().contains("client shop", "DPoP");
    }

    @Test
    void needs_a_key_of_the_facades_own_for_a_client_that_expects_a_signed_jwt() throws UnreadableException {
        String entry = shop(",\"authentication\":\"private_key_jwt\"");
        assertThat(read(entry).applications()).isEmpty();
        assertThat(read(entry).findings()).singleElement().asString().contains("client shop", "mca.client-key.file");

        ClientSecrets withKey = new ClientSecrets() {
            @Override
            public Optional<Secret> of(ClientId clientId) {
                return Optional.empty();
            }

            @Override
            public boolean haveKey() {
                return true;
            }
        };
        assertThat(DirectoryDocument.read("{\"version\":1,\"applications\":[" + entry + "]}", withKey)
                        .applications()
                        .get(0)
                        .authentication())
                .isEqualTo(new ClientAuthentication.PrivateKeyJwt());
    }

    @Test
    void needs_no_secret_for_a_public_client() throws UnreadableException {
        DirectoryDocument document =
                read("{\"clientId\":\"blog\",\"authentication\":\"none\",\"webOrigins\":[\"https://blog.example\"]}");

        assertThat(document.applications().get(0).authentication()).isEqualTo(new ClientAuthentication.None());
        assertThat(document.findings()).isEmpty();
    }

    @Test
    void keeps_the_origins_of_a_disabled_client() throws UnreadableException {
        DirectoryDocument document = read(shop(",\"enabled\":false,\"providers\":[{\"alias\":\"github\"}]"));

        assertThat(document.applications()).singleElement().satisfies(shop -> {
            assertThat(shop.enabled()).isFalse();
            assertThat(shop.origins()).isNotEmpty();
            assertThat(shop.providers()).isEmpty();
            assertThat(shop.authentication()).isEqualTo(new ClientAuthentication.None());
        });
        assertThat(document.usable()).isEmpty();
        assertThat(document.enabled()).isEmpty();
        assertThat(document.findings()).isEmpty();
    }

    @Test
    void reports_no_findings_about_a_disabled_client() throws UnreadableException {
        DirectoryDocument document = read("{\"clientId\":\"odd\",\"enabled\":false,\"webOrigins\":[\"*\"]}");

        assertThat(document.applications()).isEmpty();
        assertThat(document.findings()).isEmpty();
    }

    @Test
    void distinguishes_an_unusable_client_from_a_removed_one() throws UnreadableException {
        DirectoryDocument document = read("{\"clientId\":\"odd\",\"authentication\":\"tls_client_auth\","
                + "\"webOrigins\":[\"https://odd.example\"]}");

        assertThat(document.applications()).isEmpty();
        assertThat(document.enabled()).containsExactly(new ClientId("odd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"clientId\":\"odd\",\"webOrigins\":[]}",
                "{\"clientId\":\"odd\",\"authentication\":\"none\"}",
                "{\"clientId\":\"odd\",\"authentication\":\"none\",\"webOrigins\":[\"*\"]}",
                "{\"clientId\":\"odd\",\"authentication\":\"none\",\"webOrigins\":\"https://odd.example\"}",
                "{\"clientId\":\"odd\",\"authentication\":\"client_secret\",\"webOrigins\":[\"https://odd.example\"]}",
                "{\"clientId\":\"odd\",\"authentication\":\"tls_client_auth\",\"webOrigins\":[\"https://odd.example\"]}",
                "{\"clientId\":\"odd\",\"authentication\":7,\"webOrigins\":[\"https://odd.example\"]}",
                "{\"clientId\":\"odd\",\"authentication\":\"\",\"webOrigins\":[\"https://odd.example\"]}",
                "{\"clientId\":\"odd\",\"authentication\":[\"none\"],\"webOrigins\":[\"https://odd.example\"]}",
                "{\"clientId\":\"odd\",\"authentication\":\"none\",\"webOrigins\":{\"a\":\"https://odd.example\"}}",
                "{\"clientId\":\"odd\",\"authentication\":\"none\",\"webOrigins\":[[\"https://odd.example\"]]}",
                "{\"clientId\":\"odd\",\"authentication\":\"none\",\"webOrigins\":[null,7,true]}",
                "{\"clientId\":\"odd\",\"authentication\":\"none\",\"webOrigins\":[\"https://odd.example\"],\"enabled\":\"maybe\"}",
                "{\"clientId\":\"odd\",\"authentication\":\"none\",\"webOrigins\":[\"https://odd.example\"],\"enabled\":0}",
            })
    void reports_an_unusable_application_and_serves_the_others(String odd) throws UnreadableException {
        DirectoryDocument document = read(odd + "," + shop(""));

        assertThat(document.applications())
                .extracting(one -> one.clientId().value())
                .containsExactly("shop");
        assertThat(document.findings())
                .isNotEmpty()
                .allMatch(finding -> finding.toString().startsWith("client odd: "));
        assertThat(document.findings().toString()).doesNotContain("the client secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "7", "\"\"", "{\"clientId\":7}", "{\"clientId\":\"a\\u0000\"}"})
    void an_entry_that_is_not_a_client_is_reported(String entry) throws UnreadableException {
        DirectoryDocument document = read(entry + "," + shop(""));

        assertThat(document.applications()).hasSize(1);
        assertThat(document.findings()).hasSize(1);
    }

    /** An unusable provider is ignored, and nothing else is affected. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alias\":\"pr\u00fcfstelle\"}",
                "{\"alias\":\"a/b\"}",
                "{\"alias\":\"a b\"}",
                "{\"alias\":\"..\"}",
                "{\"alias\":\"\\r\\nSet-Cookie: a=b\"}",
                "{\"alias\":\"\\ud800\"}",
                "{\"alias\":\"\"}",
                "{\"alias\":null}",
                "{\"alias\":7}",
                "{\"alias\":[\"github\"]}",
                "{}",
                "null",
                "[]",
                "\"github\"",
            })
    void a_provider_that_cannot_be_used_is_left_out_alone(String odd) throws UnreadableException {
        DirectoryDocument document =
                read(shop(",\"providers\":[{\"alias\":\"github\"}," + odd + ",{\"alias\":\"corp\"}]"));

        assertThat(document.applications())
                .singleElement()
                .satisfies(shop ->
                        assertThat(shop.providers()).containsExactly(new Provider("github"), new Provider("corp")));
        assertThat(document.findings()).hasSize(1);
    }

    /** Each value is wrong in another way. The rest of the application is used, and one line reports the value. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":7",
                "\"name\":[\"shop\"]",
                "\"name\":\"\\u001b[2J\"",
                "\"par\":\"yes\"",
                "\"dpop\":\"required\"",
                "\"par\":{}",
                "\"providers\":\"github\"",
                "\"providers\":{\"alias\":\"github\"}",
                "\"providers\":[{\"alias\":\"github\",\"displayName\":{}}]",
                "\"providers\":[{\"alias\":\"github\",\"displayName\":\"a\\nb\"}]",
                "\"previews\":7",
                "\"previews\":{\"patterns\":7,\"callbackOrigin\":\"https://shop.example\"}",
                "\"previews\":{\"patterns\":[7],\"callbackOrigin\":\"https://shop.example\"}",
                "\"webOrigins\":[\"https://shop.example\",\"https://shop.example/path\"]",
                "\"webOrigins\":[\"https://shop.example\",null]",
                "\"webOrigins\":[\"https://shop.example\",\"javascript:alert(1)\"]",
                "\"webOrigins\":[\"https://shop.example\",\"https://a b\\r\\nc\"]",
            })
    void a_value_that_cannot_be_used_costs_no_more_than_itself(String field) throws UnreadableException {
        DirectoryDocument document = read(shop("," + field));

        assertThat(document.applications()).singleElement().satisfies(shop -> {
            assertThat(shop.origins()).hasToString("[https://shop.example]");
            assertThat(shop.enabled()).isTrue();
        });
        assertThat(document.findings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":null",
                "\"enabled\":null",
                "\"par\":null,\"dpop\":null",
                "\"authentication\":null",
                "\"providers\":null",
                "\"previews\":null",
                "\"redirectUris\":7,\"pkce\":{},\"backchannelLogoutUrl\":[]",
                "\"later\":[{\"unknown\":1}],\"providers\":[{\"alias\":\"github\",\"kind\":\"passkey\"}]",
                "\"webOrigins\":[\"https://shop.example\",\"HTTPS://Shop.example:443\",\"https://shop.example\"]",
            })
    void absent_unknown_and_repeated_fields_are_not_reported(String field) throws UnreadableException {
        DirectoryDocument document = read(shop("," + field));

        assertThat(document.applications())
                .singleElement()
                .satisfies(shop -> assertThat(shop.origins()).hasToString("[https://shop.example]"));
        assertThat(document.findings()).isEmpty();
    }

    @Test
    void an_overlong_value_is_ignored_and_reported_shortened() throws UnreadableException {
        String overlong = "a".repeat(100_000);
        DirectoryDocument document =
                read(shop(",\"name\":\"" + overlong + "\",\"webOrigins\":[\"https://shop.example\",\"https://"
                        + overlong + ".example\"],\"providers\":[{\"alias\":\"" + overlong
                        + "\"},{\"alias\":\"github\",\"displayName\":\"" + overlong + "\"}]"));

        assertThat(document.applications()).singleElement().satisfies(shop -> {
            assertThat(shop.name()).isEqualTo("shop");
            assertThat(shop.origins()).hasToString("[https://shop.example]");
            assertThat(shop.providers()).extracting(Provider::displayName).containsExactly("GitHub");
        });
        assertThat(document.findings())
                .hasSize(4)
                .allMatch(finding -> finding.toString().length() < 500);
    }

    /** Every application offers the provider, and the operator reads one message. */
    @Test
    void one_provider_of_many_applications_is_told_once() throws UnreadableException {
        String entries = IntStream.range(0, 1_000)
                .mapToObj(i ->
                        "{\"clientId\":\"app-" + i + "\",\"authentication\":\"none\",\"webOrigins\":[\"https://app-" + i
                                + ".example\"],\"providers\":[{\"alias\":\"pr\u00fcfstelle\"},{\"alias\":\"github\"}]}")
                .collect(Collectors.joining(","));
        DirectoryDocument document = read(entries);

        assertThat(document.applications()).hasSize(1_000).allMatch(app -> app.offers(new Provider("github")));
        assertThat(document.findings())
                .singleElement()
                .isEqualTo(new DirectoryFinding(
                        DirectoryFinding.Kind.PART_IGNORED,
                        "",
                        "the identity provider \"pr\u00fcfstelle\" is offered by no application: an alias has ASCII letters,"
                                + " digits, _ . and - only, does not begin with . or -, and is no longer than 100"
                                + " characters"));
    }

    @Test
    void ten_thousand_providers_are_accepted() throws UnreadableException {
        String providers = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"alias\":\"" + (i % 2 == 0 ? "idp-" : "\u00fc-") + i + "\"}")
                .collect(Collectors.joining(","));

        assertThat(read(shop(",\"providers\":[" + providers + "]"))
                        .applications()
                        .get(0)
                        .providers())
                .hasSize(5_000);
    }

    @Test
    void only_the_first_entry_of_a_client_counts() throws UnreadableException {
        DirectoryDocument document = read(shop(",\"name\":\"First\"") + "," + shop(",\"enabled\":false"));

        assertThat(document.applications()).singleElement().satisfies(shop -> {
            assertThat(shop.name()).isEqualTo("First");
            assertThat(shop.enabled()).isTrue();
        });
        assertThat(document.enabled()).containsExactly(new ClientId("shop"));
        assertThat(document.findings()).singleElement().asString().contains("client shop", "more than once");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "<html>",
                "{\"version\":1,\"applications\":[]}<html>",
                "{\"version\":1,\"applications\":[",
                "{\"version\":1.0,\"applications\":[]}",
                "{\"version\":null,\"applications\":[]}",
                "{\"version\":1,\"applications\":null}",
                "{\"version\":2,\"applications\":[]}",
                "{\"version\":\"1\",\"applications\":[]}",
                "{\"version\":1}",
                "{\"version\":1,\"applications\":{}}",
            })
    void another_document_or_version_is_refused_as_a_whole(String json) {
        assertThatThrownBy(() -> DirectoryDocument.read(json, SECRETS)).isInstanceOf(UnreadableException.class);
    }
}
