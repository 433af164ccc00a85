package io.github.multiclientauth.testbed.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCanaryTest {

    private static final String ISSUED =
            "{\"exp\":1,\"iss\":\"https://id.example.com/realms/r\",\"aud\":\"api\",\"sub\":\"s\"";

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "DPoP", "ID", "Refresh", "Offline"})
    void finds_every_kind_of_token_of_keycloak(String type) {
        String token = token(ISSUED + ",\"typ\":\"" + type + "\"}");

        assertThat(TokenCanary.in("{\"x\":\"" + token + "\"}")).hasValue(type);
        assertThat(TokenCanary.in("x=" + token.split("\\.")[1]))
                .as("its claims alone")
                .hasValue(type);
        assertThat(TokenCanary.in(token.substring(0, token.length() - 20)))
                .as("without its end")
                .hasValue(type);
        assertThat(TokenCanary.in(base64("{\"session\":{\"token\":\"" + token + "\"}}")))
                .as("in a cookie that is only encoded")
                .hasValue(type);
        assertThat(TokenCanary.in("Basic " + base64(token))).hasValue(type);
    }

    @Test
    void finds_what_providers_issue() {
        assertThat(TokenCanary.in("<p>gho_" + "a".repeat(36))).hasValue("a provider's");
        assertThat(TokenCanary.in("ya29.a0" + "b".repeat(160))).isPresent();
        assertThat(TokenCanary.in(token("{\"iss\":\"https://accounts.google.com\",\"aud\":\"a\",\"sub\":\"1\"}")))
                .isPresent();
    }

    @Test
    void finds_tokens_that_are_encrypted_for_an_application() {
        assertThat(TokenCanary.in(base64("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"kid\":\"k\"}") + ".a.b.c.d"))
                .isPresent();
    }

    @Test
    void sealed_cookies_and_what_keycloak_keeps_for_itself_are_no_tokens() {
        assertThat(TokenCanary.in(base64("{\"alg\":\"dir\",\"enc\":\"A256CBC-HS512\",\"kid\":\"k\"}") + "..b.c.d"))
                .isEmpty();
        assertThat(TokenCanary.in(token(ISSUED + ",\"typ\":\"Serialized-ID\"}")))
                .isEmpty();
        assertThat(TokenCanary.in(token(ISSUED + ",\"typ\":\"verify-email\"}"))).isEmpty();
        assertThat(TokenCanary.in(ISSUED + ",\"typ\":\"Bearer\"}"))
                .as("claims in plain text")
                .isEmpty();
    }

    @Test
    void a_hint_for_the_logout_is_none_unless_it_is_a_real_id_token_of_keycloak() {
        String ours = token("{\"exp\":1,\"typ\":\"ID\",\"azp\":\"portfolio\",\"sid\":\"1\"}");
        String providers = token("{\"iss\":\"https://accounts.google.com\",\"aud\":\"a\",\"sub\":\"1\"}");
        String keycloaks = token(ISSUED + ",\"typ\":\"ID\"}");

        assertThat(TokenCanary.in("/logout?id_token_hint=" + ours)).isEmpty();
        assertThat(TokenCanary.in("/logout?id_token_hint=" + providers + "&state=1"))
                .isEmpty();
        assertThat(TokenCanary.in("/logout?id_token_hint=" + keycloaks)).hasValue("ID");
    }

    private static String token(String claims) {
        return base64("{\"alg\":\"RS256\",\"typ\" : \"JWT\",\"kid\":\"1\"}") + "." + base64(claims) + "."
                + "c2ln".repeat(20);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
