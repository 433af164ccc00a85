package io.github.multiclientauth.extension.decision;

import static io.github.multiclientauth.extension.decision.AccountMatch.Outcome.CONFIRM;
import static io.github.multiclientauth.extension.decision.AccountMatch.Outcome.LINK;
import static io.github.multiclientauth.extension.decision.AccountMatch.Outcome.NO_WAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.decision.EmailEvidence.EmailStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountMatchTest {

    private static final String ADDRESS = "ada@example.com";
    private static final EmailStatement VERIFIED = EmailStatement.of("Ada@Example.com", "true");
    private static final EmailStatement UNVERIFIED = EmailStatement.of(ADDRESS, "false");
    private static final EmailStatement SILENT = EmailStatement.of(ADDRESS, null);

    private String address = ADDRESS;
    private boolean byEmail = true;
    private boolean accountVerified = true;
    private boolean providerTrusted = true;
    private boolean otherProof = true;

    @Test
    void the_same_verified_address_on_both_sides_links() {
        assertThat(outcome(VERIFIED)).isEqualTo(LINK);
        assertThat(outcome(SILENT, VERIFIED)).isEqualTo(LINK);
    }

    @Test
    void the_same_user_name_never_links() {
        byEmail = false;
        assertThat(outcome(VERIFIED)).isEqualTo(CONFIRM);
    }

    /** An attacker may have created the account as a trap for the owner of the address. */
    @Test
    void an_account_that_has_not_verified_its_address_never_links() {
        accountVerified = false;
        assertThat(outcome(VERIFIED)).isEqualTo(CONFIRM);
    }

    @Test
    void an_address_that_the_provider_calls_unverified_never_links() {
        assertThat(outcome(UNVERIFIED)).isEqualTo(CONFIRM);
        assertThat(outcome(VERIFIED, UNVERIFIED)).isEqualTo(CONFIRM);
    }

    @Test
    void an_address_from_a_trusted_provider_that_does_not_say_whether_it_is_verified_counts() {
        assertThat(outcome(SILENT)).isEqualTo(LINK);
    }

    /** The operator of the provider could call any address verified. */
    @Test
    void a_provider_that_the_administrator_does_not_trust_never_links() {
        providerTrusted = false;
        assertThat(outcome(VERIFIED)).isEqualTo(CONFIRM);
        assertThat(outcome(SILENT)).isEqualTo(CONFIRM);
    }

    @Test
    void a_person_with_only_the_same_user_name_is_never_refused() {
        byEmail = false;
        otherProof = false;
        assertThat(outcome(VERIFIED)).isEqualTo(CONFIRM);
    }

    /** Otherwise a person could type another person's address during the sign-in. */
    @Test
    void an_address_that_is_not_the_providers_word_never_links() {
        assertThat(outcome()).isEqualTo(CONFIRM);
        assertThat(outcome(EmailStatement.of("eve@example.com", "true"))).isEqualTo(CONFIRM);
        assertThat(outcome(EmailStatement.of(null, "true"))).isEqualTo(CONFIRM);
    }

    @Test
    void only_true_means_verified() {
        for (String no : List.of("", "1", "yes", "null")) {
            assertThat(outcome(EmailStatement.of(ADDRESS, no))).isEqualTo(CONFIRM);
        }
        assertThat(outcome(EmailStatement.of(ADDRESS, "TRUE"))).isEqualTo(LINK);
    }

    /** The Kelvin sign is a k in lower case, but no k. */
    @Test
    void an_address_that_only_a_case_mapping_makes_the_same_never_links() {
        assertThat(outcome(EmailStatement.of("ad\u212A@example.com", "true"))).isEqualTo(CONFIRM);
        address = "ad\u212A@example.com";
        assertThat(outcome(EmailStatement.of("adk@example.com", "true"))).isEqualTo(CONFIRM);
        assertThat(outcome(EmailStatement.of(address, "true"))).isEqualTo(CONFIRM);
    }

    /** Two mailboxes may look the same, and may be treated as the same somewhere. */
    @Test
    void an_address_that_is_not_ascii_never_links() {
        address = "\u0430da@example.com";
        assertThat(outcome(EmailStatement.of(address, "true"))).isEqualTo(CONFIRM);
    }

    @Test
    void a_person_without_any_proof_is_refused_and_not_asked() {
        otherProof = false;
        assertThat(outcome(UNVERIFIED)).isEqualTo(NO_WAY);
        assertThat(outcome(VERIFIED)).isEqualTo(LINK);
    }

    private AccountMatch.Outcome outcome(EmailStatement... statements) {
        return new AccountMatch(
                        byEmail,
                        accountVerified,
                        new EmailEvidence(address, List.of(statements), providerTrusted),
                        otherProof)
                .outcome();
    }
}
