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

    /** Somebody may have made the account for the owner of the address to fall into. */
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
    void a_chosen_provider_that_says_nothing_gives_verified_addresses() {
        assertThat(outcome(SILENT)).isEqualTo(LINK);
    }

    /** Whoever runs it could say so of any address. */
    @Test
    void the_word_of_a_provider_that_the_administrator_has_not_chosen_never_links() {
        providerTrusted = false;
        assertThat(outcome(VERIFIED)).isEqualTo(CONFIRM);
        assertThat(outcome(SILENT)).isEqualTo(CONFIRM);
    }

    @Test
    void somebody_with_the_same_user_name_is_never_locked_out() {
        byEmail = false;
        otherProof = false;
        assertThat(outcome(VERIFIED)).isEqualTo(CONFIRM);
    }

    /** Otherwise anybody could fill in the address of somebody else on the way. */
    @Test
    void an_address_that_is_not_the_providers_word_never_links() {
        assertThat(outcome()).isEqualTo(CONFIRM);
        assertThat(outcome(EmailStatement.of("eve@example.com", "true"))).isEqualTo(CONFIRM);
        assertThat(outcome(EmailStatement.of(null, "true"))).isEqualTo(CONFIRM);
    }

    @Test
    void only_a_plain_yes_is_a_yes() {
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

    /** Two mailboxes may look like one, and become one somewhere. */
    @Test
    void an_address_that_is_not_ascii_never_links() {
        address = "\u0430da@example.com";
        assertThat(outcome(EmailStatement.of(address, "true"))).isEqualTo(CONFIRM);
    }

    @Test
    void nobody_is_asked_for_a_proof_that_they_cannot_have() {
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
