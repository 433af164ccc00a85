package io.github.multiclientauth.extension.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.listing.ApiAccessEntries;
import io.github.multiclientauth.extension.listing.OwnLoginLabels;
import io.github.multiclientauth.extension.listing.PageEntries;
import io.github.multiclientauth.extension.listing.PreviewEntries;
import io.github.multiclientauth.extension.listing.RealmContents;
import io.github.multiclientauth.extension.listing.RealmProvider;
import io.github.multiclientauth.extension.listing.Registration;
import io.github.multiclientauth.extension.listing.StepUpEntries;
import io.github.multiclientauth.extension.provider.Allowance;
import io.github.multiclientauth.extension.provider.ProviderServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryJsonTest {

    @Test
    void says_everything_in_a_fixed_order() {
        Registration shop = new Registration(
                "shop",
                "The \"shop\"",
                true,
                false,
                "client-jwt",
                "https://shop.example",
                Set.of("+"),
                Set.of("/cb"),
                Map.of(
                        Registration.PKCE,
                        "S256",
                        Registration.PAR,
                        "true",
                        Registration.DPOP,
                        "false",
                        Registration.SIGNING,
                        "PS256",
                        Registration.ID_TOKEN_ALGORITHM,
                        "PS512",
                        Registration.BACKCHANNEL_LOGOUT_URL,
                        "https://shop.example/logout"),
                List.of(Allowance.of("github")),
                PreviewEntries.NONE,
                PageEntries.NONE,
                StepUpEntries.NONE,
                ApiAccessEntries.NONE,
                null,
                Set.of("profile", "email"));

        assertThat(json(shop, named("blog", " "))).isEqualTo("""
                        {"version":1,"realm":"acme","applications":[\
                        {"clientId":"blog","name":"blog","enabled":false,"webOrigins":["https://o.example"],\
                        "redirectUris":["https://o.example/cb"],"authentication":"none","par":false,"dpop":false,\
                        "scopes":[],"providers":[{"alias":"github","displayName":"GitHub"},{"alias":"google","displayName":"Google"}],\
                        "idTokenAlgorithm":"RS256"},\
                        {"clientId":"shop","name":"The \\"shop\\"","enabled":true,"webOrigins":["https://o.example"],\
                        "redirectUris":["https://o.example/cb"],"authentication":"private_key_jwt",\
                        "authenticationAlgorithm":"PS256","pkce":"S256","par":true,\
                        "dpop":false,"scopes":["email","profile"],"providers":[{"alias":"github","displayName":"GitHub"}],\
                        "backchannelLogoutUrl":"https://shop.example/logout","idTokenAlgorithm":"PS512"}]}""");
    }

    @Test
    void is_the_same_whatever_order_things_were_read_in() {
        assertThat(json(named("a", ""), named("b", ""))).isEqualTo(json(named("b", ""), named("a", "")));
    }

    @Test
    void may_be_empty() {
        assertThat(json()).isEqualTo("{\"version\":1,\"realm\":\"acme\",\"applications\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "client-secret, client_secret",
                "null, client_secret",
                "'', client_secret",
                "client-jwt, private_key_jwt",
                "client-secret-jwt, client_secret_jwt",
                "client-x509, tls_client_auth",
                "federated-jwt, federated-jwt"
            })
    void calls_client_authentication_by_its_registered_name(String authenticator, String name) {
        Registration client = bare("a", "", true, false, authenticator, PreviewEntries.NONE, PageEntries.NONE);

        assertThat(client.authentication()).isEqualTo(name);
    }

    @Test
    void names_previews_that_can_be_used() {
        Registration previewed =
                previewed("https://B-*.o.example##https://*.a.o.example##nonsense", "https://o.example");

        assertThat(json(previewed))
                .contains(",\"previews\":{\"patterns\":[\"https://*.a.o.example\","
                        + "\"https://b-*.o.example\"],\"callbackOrigin\":\"https://o.example\"}}");
        assertThat(json(previewed("https://*.a.o.example", "https://foreign.example")))
                .doesNotContain("previews");
    }

    @Test
    void names_pages_that_can_be_used() {
        Registration own = bare(
                "shop",
                "",
                true,
                true,
                null,
                PreviewEntries.NONE,
                PageEntries.of(List.of("/login"), List.of("https://evil.example/oops")));

        assertThat(json(own)).contains(",\"pages\":{\"signIn\":\"/login\"}}");
        assertThat(json(previewed("https://*.a.o.example", "https://o.example")))
                .doesNotContain("pages");
    }

    @Test
    void says_what_an_application_demands_of_the_authentication() {
        assertThat(json(demanding(StepUpEntries.of(
                        List.of("gold"), List.of("600", "60"), List.of("true"), Map.of("gold", 2, "silver", 1)))))
                .contains(",\"acrLevels\":{\"gold\":2,\"silver\":1},\"minimumAcr\":\"gold\",\"maximumAge\":60,"
                        + "\"showAuthentication\":true}");
        assertThat(json(demanding(StepUpEntries.NONE)))
                .doesNotContain("acrLevels", "minimumAcr", "maximumAge", "showAuthentication");
    }

    /** A facade that cannot check a demand serves nobody there. */
    @Test
    void does_not_lose_a_demand_that_cannot_be_understood() {
        assertThat(json(demanding(
                        StepUpEntries.of(List.of("two words", "x"), List.of("60", "soon"), List.of(), Map.of()))))
                .contains(",\"minimumAcr\":\"two words x\",\"maximumAge\":\"soon\"}")
                .doesNotContain("acrLevels");
    }

    @Test
    void says_who_gets_access_tokens() {
        assertThat(json(withApiAccess("servers"))).contains(",\"accessTokens\":{\"for\":\"servers\"}}");
        assertThat(json(withApiAccess("servers-and-proxies")))
                .contains(",\"accessTokens\":{\"for\":\"servers-and-proxies\"}}");
        assertThat(json(withApiAccess("nobody"))).doesNotContain("accessTokens");
        assertThat(json(withApiAccess("everybody"))).doesNotContain("accessTokens");
        assertThat(json(named("shop", ""))).doesNotContain("accessTokens");
    }

    private static Registration withApiAccess(String tokensFor) {
        return with(
                StepUpEntries.NONE, ApiAccessEntries.of(true, List.of(tokensFor), List.of("orders"), List.of("read")));
    }

    private static Registration demanding(StepUpEntries entries) {
        return with(entries, ApiAccessEntries.NONE);
    }

    private static Registration with(StepUpEntries entries, ApiAccessEntries apiAccess) {
        Registration bare = bare("shop", "", true, true, null, PreviewEntries.NONE, PageEntries.NONE);
        return new Registration(
                bare.clientId(),
                bare.name(),
                bare.enabled(),
                bare.publicClient(),
                null,
                null,
                Set.of(),
                Set.of(),
                Map.of(),
                List.of(),
                bare.previews(),
                bare.pages(),
                entries,
                apiAccess,
                null,
                Set.of());
    }

    /** An older facade would leave out every application that offers such a provider. */
    @ParameterizedTest
    @ValueSource(strings = {"pr\u00fcfstelle", "a/b", "a b", "", ".hidden", "-x", "a\r\nb", "a\u0000"})
    void leaves_out_a_provider_whose_alias_applications_cannot_use(String alias) {
        ClientAddresses addresses = new ClientAddresses(List.of("https://o.example"), List.of("https://o.example/cb"));
        RealmContents realm = new RealmContents(
                List.of(named("shop", "")),
                List.of(
                        provider(alias),
                        provider("github"),
                        provider(alias + "-" + "x".repeat(100)),
                        provider("github")),
                new OwnLoginLabels(Map.of(), "Acme", "browser"),
                "RS256");

        assertThat(DirectoryJson.of("acme", realm, client -> addresses))
                .contains(",\"providers\":[{\"alias\":\"github\",\"displayName\":\"Name\"}");
    }

    @Test
    void lists_a_client_with_unreadable_settings_without_its_addresses_and_all_others_completely() {
        RealmContents realm = new RealmContents(
                List.of(named("odd", ""), named("shop", "")),
                List.of(provider("github")),
                new OwnLoginLabels(Map.of(), "Acme", "browser"),
                "RS256");

        assertThat(DirectoryJson.of("acme", realm, client -> {
                    if (client.clientId().equals("odd")) {
                        throw new IllegalArgumentException("Illegal character in authority");
                    }
                    return new ClientAddresses(List.of("https://o.example"), List.of());
                }))
                .contains("{\"clientId\":\"odd\",\"name\":\"odd\",\"enabled\":false,\"webOrigins\":[]}")
                .contains(
                        "{\"clientId\":\"shop\",\"name\":\"shop\",\"enabled\":false,\"webOrigins\":[\"https://o.example\"],");
    }

    private static RealmProvider provider(String alias) {
        return new RealmProvider(
                alias, ProviderServer.of("oidc", Map.of()), "Name", true, false, false, RealmProvider.positionOf(null));
    }

    /** A client without addresses, attributes and rules. */
    private static Registration bare(
            String clientId,
            String name,
            boolean enabled,
            boolean publicClient,
            String authenticator,
            PreviewEntries previews,
            PageEntries pages) {
        return new Registration(
                clientId,
                name,
                enabled,
                publicClient,
                authenticator,
                null,
                Set.of(),
                Set.of(),
                Map.of(),
                List.of(),
                previews,
                pages,
                StepUpEntries.NONE,
                ApiAccessEntries.NONE,
                null,
                Set.of());
    }

    private static Registration previewed(String patterns, String callbackOrigin) {
        return bare(
                "shop",
                "",
                true,
                true,
                null,
                PreviewEntries.of(List.of(patterns), List.of(callbackOrigin)),
                PageEntries.NONE);
    }

    private static Registration named(String clientId, String name) {
        return bare(clientId, name, false, true, "client-secret", PreviewEntries.NONE, PageEntries.NONE);
    }

    private static String json(Registration... clients) {
        ClientAddresses addresses = new ClientAddresses(List.of("https://o.example"), List.of("https://o.example/cb"));
        int last = RealmProvider.positionOf("not a number");
        RealmContents realm = new RealmContents(
                List.of(clients),
                List.of(
                        new RealmProvider(
                                "google", ProviderServer.of("google", Map.of()), "Google", true, false, false, last),
                        new RealmProvider(
                                "github", ProviderServer.of("github", Map.of()), "GitHub", true, false, false, last)),
                new OwnLoginLabels(Map.of(), "Acme", "browser"),
                "RS256");
        return DirectoryJson.of("acme", realm, client -> addresses);
    }
}
