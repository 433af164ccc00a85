package io.github.multiclientauth.extension.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.provider.LendingPolicy.Loan;
import io.github.multiclientauth.extension.provider.LendingPolicy.Loan.Granted;
import io.github.multiclientauth.extension.provider.LendingPolicy.Loan.Reason;
import io.github.multiclientauth.extension.provider.LendingPolicy.Loan.Refused;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LendingPolicyTest {

    private static final LendingPolicy GITHUB = new LendingPolicy("github");
    private static final LendingPolicy OIDC = new LendingPolicy("oidc");

    private static final Map<String, String> BORROWER = Map.of(
            "clientId", "shared",
            "clientSecret", "shared secret",
            "clientAuthMethod", "private_key_jwt",
            "clientAssertionSigningAlg", "ES256",
            "tokenUrl", "https://login.example.com/token",
            "defaultScope", "openid");

    @Test
    void lends_client_id_and_secret_and_nothing_else() {
        Map<String, String> lender = Map.of(
                "clientId", "own", "clientSecret", "own secret", "defaultScope", "all", "clientAuthMethod", "none");

        assertThat(afterLoan(GITHUB, lender))
                .containsEntry("clientId", "own")
                .containsEntry("clientSecret", "own secret")
                .containsEntry("defaultScope", "openid")
                .containsEntry("clientAuthMethod", "private_key_jwt")
                .hasSameSizeAs(BORROWER);
    }

    @Test
    void lends_a_reference_to_the_vault_as_it_is() {
        assertThat(afterLoan(GITHUB, Map.of("clientId", "own", "clientSecret", "${vault.own}")))
                .containsEntry("clientSecret", "${vault.own}");
    }

    @Test
    void the_generic_provider_lends_how_the_client_authenticates_as_a_whole() {
        Map<String, String> lender =
                Map.of("clientId", "own", "clientSecret", "own secret", "clientAuthMethod", "client_secret_basic");

        assertThat(afterLoan(OIDC, lender))
                .containsEntry("clientAuthMethod", "client_secret_basic")
                .doesNotContainKey("clientAssertionSigningAlg")
                .containsEntry("tokenUrl", "https://login.example.com/token");
    }

    @Test
    void a_client_key_needs_no_secret_and_the_shared_secret_is_removed() {
        assertThat(afterLoan(OIDC, Map.of("clientId", "own", "clientAuthMethod", "private_key_jwt")))
                .containsEntry("clientId", "own")
                .doesNotContainKey("clientSecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void incomplete_credentials_are_not_lent(String missing) {
        assertThat(refusal(GITHUB, Map.of("clientId", missing, "clientSecret", "own secret")))
                .isEqualTo(Reason.NO_CLIENT_ID);
        assertThat(refusal(GITHUB, Map.of("clientId", "own", "clientSecret", missing)))
                .isEqualTo(Reason.NO_SECRET);
    }

    @Test
    void only_the_generic_provider_does_without_a_secret() {
        assertThat(refusal(GITHUB, Map.of("clientId", "own", "clientAuthMethod", "private_key_jwt")))
                .isEqualTo(Reason.NO_SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.org/token",
                "https://login.example.com.evil.example/token",
                "https://login.example.com:8443/token",
                "http://login.example.com/token",
                "login.example.com/token"
            })
    void a_secret_for_another_server_is_not_lent(String tokenUrl) {
        Map<String, String> lender = Map.of("clientId", "own", "clientSecret", "own secret", "tokenUrl", tokenUrl);

        assertThat(refusal(OIDC, lender)).isEqualTo(Reason.OTHER_SERVER);
    }

    @Test
    void a_secret_for_another_github_is_not_lent() {
        Map<String, String> lender =
                Map.of("clientId", "own", "clientSecret", "own secret", "baseUrl", "https://github.example.com");

        assertThat(refusal(GITHUB, lender)).isEqualTo(Reason.OTHER_SERVER);
    }

    @Test
    void the_same_server_may_be_spelled_differently() {
        Map<String, String> lender = Map.of(
                "clientId", "own", "clientSecret", "own secret", "tokenUrl", "HTTPS://Login.Example.com:443/other");

        assertThat(OIDC.decide(lender, BORROWER)).isInstanceOf(Granted.class);
    }

    @Test
    void nothing_is_lent_to_a_server_that_is_not_known() {
        Map<String, String> lender =
                Map.of("clientId", "own", "clientSecret", "s", "tokenUrl", "https://login.example.com/token");

        assertThat(OIDC.decide(lender, Map.of("clientId", "shared"))).isEqualTo(new Refused(Reason.OTHER_SERVER));
    }

    @Test
    void a_loan_does_not_print_the_secret() {
        assertThat(GITHUB.decide(Map.of("clientId", "own", "clientSecret", "canary"), BORROWER)
                        .toString())
                .contains("clientSecret")
                .doesNotContain("canary");
    }

    private static Map<String, String> afterLoan(LendingPolicy policy, Map<String, String> lender) {
        Loan loan = policy.decide(lender, BORROWER);
        assertThat(loan).isInstanceOf(Granted.class);
        Map<String, String> config = new HashMap<>(BORROWER);
        ((Granted) loan).applyTo(config);
        return config;
    }

    private static Reason refusal(LendingPolicy policy, Map<String, String> lender) {
        Loan loan = policy.decide(lender, BORROWER);
        assertThat(loan).isInstanceOf(Refused.class);
        return ((Refused) loan).reason();
    }
}
