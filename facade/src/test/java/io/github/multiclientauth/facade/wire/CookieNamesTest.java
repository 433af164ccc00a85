package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.fake.Applications;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieNamesTest {

    @Test
    void are_those_of_auth_js_over_http() {
        CookieNames names =
                CookieNames.of(Applications.at("portfolio", "http://localhost:3000"), RequestCookies.parse(List.of()));

        assertThat(all(names))
                .containsExactly(
                        "authjs.session-token", "authjs.csrf-token", "authjs.callback-url", "authjs.transaction.");
    }

    @Test
    void are_those_of_auth_js_over_https() {
        CookieNames names = CookieNames.of(
                Applications.at("portfolio", "https://app.example.com"), RequestCookies.parse(List.of()));

        assertThat(all(names))
                .containsExactly(
                        "__Secure-authjs.session-token",
                        "__Host-authjs.csrf-token",
                        "__Secure-authjs.callback-url",
                        "__Secure-authjs.transaction.");
    }

    @Test
    void begin_with_the_client_on_a_shared_host_after_the_browsers_prefix() {
        CookieNames http = CookieNames.of(
                Applications.onSharedHost(Applications.at("portfolio", "http://localhost:3000")),
                RequestCookies.parse(List.of()));
        CookieNames https = CookieNames.of(
                Applications.onSharedHost(Applications.at("portfolio", "https://app.example.com")),
                RequestCookies.parse(List.of()));

        assertThat(http.session()).isEqualTo("portfolio.authjs.session-token");
        assertThat(https.session()).isEqualTo("__Secure-portfolio.authjs.session-token");
        assertThat(https.csrf()).isEqualTo("__Host-portfolio.authjs.csrf-token");
    }

    /** Auth.js reads chunks by the beginning of the name. */
    @Test
    void of_one_client_are_no_prefix_of_those_of_another() {
        List<String> clients = List.of("app", "app2", "app.", "app.2", "ap", "App", "app.authjs", "2.app");
        for (String one : clients) {
            for (String other : clients) {
                if (!one.equals(other)) {
                    assertThat(shared(other).session())
                            .doesNotStartWith(shared(one).session());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my app | my!20!app",
                "a;b=c,d | a!3b!b!3d!c!2c!d",
                "https://sp.example | https!3a!!2f!!2f!sp.example",
                "b\u00fcro | b!fc!ro",
                "\ud83d\udd11 | !1f511!",
                "a! | a!21!",
                "a!20!b | a!21!20!21!b",
                "a\"\\$1 | a!22!!5c!$1",
                "50% | 50!25!",
            })
    void escape_characters_that_a_cookie_name_may_not_have(String clientId, String escaped) {
        assertThat(shared(clientId).session()).isEqualTo(escaped + ".authjs.session-token");
    }

    @Test
    void differ_for_different_clients_and_are_tokens() {
        Random seeded = new Random(11);
        String alphabet = "ab!2013f5 ;=\u00e9\u0100\ud83d\udd11\ud83d\udd12";
        int[] characters = alphabet.codePoints().toArray();
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            String clientId = seeded.ints(1 + seeded.nextInt(6), 0, characters.length)
                    .mapToObj(c -> Character.toString(characters[c]))
                    .collect(Collectors.joining());
            if (clientId.isBlank()) {
                continue;
            }
            String name = shared(clientId).session();
            assertThat(name).matches("[A-Za-z0-9!#$&'*.^_`|~+-]+");
            assertThat(seen.computeIfAbsent(name, unseen -> clientId)).isEqualTo(clientId);
            if (i % 50 == 0) {
                assertThat(clientOf(shared(clientId).transaction() + "abcdefghijkl", "other", clientId))
                        .as("the way back")
                        .contains(clientId);
            }
        }
        assertThat(seen).hasSizeGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authjs.transaction.abcdefghijkl",
                "__Secure-authjs.transaction.abcdefghijkl",
                "__Secure-.authjs.transaction.abcdefghijkl",
                ".authjs.transaction.abcdefghijkl",
                "portfolio.authjs.session-token",
                "port!61!folio.authjs.transaction.abcdefghijkl",
                "port!ffffff!.authjs.transaction.abcdefghijkl",
                "port!.authjs.transaction.abcdefghijkl",
                "port!0020!.authjs.transaction.abcdefghijkl",
                "!20!.authjs.transaction.abcdefghijkl",
                "!a!.authjs.transaction.abcdefghijkl",
                "!~.authjs.transaction.abcdefghijkl",
                "!~AAAAAAAAAAAAAAAAAAAAAA.authjs.transaction.abcdefghijkl",
            })
    void name_no_client_whose_name_would_be_written_differently(String name) {
        assertThat(clientOf(name, "portfolio", "portafolio", "port", "port ", "port!", " "))
                .isEmpty();
    }

    /** Keycloak's database holds 255 characters. The names alone would fill the header. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "!", "/", "\u00e9", "\u20ac"})
    void of_a_very_long_client_id_are_short(String character) {
        String longest = character.repeat(255);
        String name = shared(longest).transaction() + "abcdefghijkl";

        assertThat(name).hasSizeLessThan(150).matches("[A-Za-z0-9!#$&'*.^_`|~+-]+");
        assertThat(clientOf(name, "other", longest, character.repeat(254))).contains(longest);
        assertThat(clientOf(name, "other", character.repeat(254))).isEmpty();
    }

    /** The npm package has the same value in its tests. */
    @Test
    void of_a_very_long_client_id_are_those_that_applications_look_for() {
        assertThat(shared("c".repeat(120)).session()).isEqualTo("!~fvMmPl4DCuSioi5oJTlSkA.authjs.session-token");
    }

    @Test
    void that_begin_like_a_hash_are_not_taken_for_one() {
        String name = shared("\u00e9".repeat(255)).transaction() + "abcdefghijkl";
        String hash = name.substring(0, name.indexOf(".authjs."));

        assertThat(shared(hash).session()).doesNotStartWith(hash);
    }

    private static Optional<String> clientOf(String name, String... clients) {
        DirectorySnapshot directory = DirectorySnapshot.of(Stream.of(clients)
                .filter(ClientId::isClientId)
                .map(client -> Applications.application(
                        client, Set.of("https://app-" + List.of(clients).indexOf(client) + ".example.com"), "github"))
                .toList());
        return CookieNames.applicationOf(name, directory)
                .map(application -> application.clientId().value());
    }

    private static CookieNames shared(String clientId) {
        return CookieNames.of(
                Applications.onSharedHost(Applications.at(clientId, "http://localhost:3000")),
                RequestCookies.parse(List.of()));
    }

    private static List<String> all(CookieNames names) {
        return List.of(names.session(), names.csrf(), names.callbackUrl(), names.transaction());
    }
}
