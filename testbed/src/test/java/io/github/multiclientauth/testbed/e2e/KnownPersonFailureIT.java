package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.Failure;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure at a provider changes neither the account of a known user nor its sessions. */
@EndToEnd
class KnownPersonFailureIT {

    private final Chain chain;

    KnownPersonFailureIT(Chain chain) {
        this.chain = chain;
    }

    private static Set<Failure> possible(String provider) {
        return switch (provider) {
            case "github", "facebook" -> Failure.WITHOUT_ID_TOKENS;
            case "linkedin" -> Failure.WITHOUT_NONCE;
            default -> Failure.WITH_ID_TOKENS;
        };
    }

    /** One test for each provider, because no failure may change the same account. */
    @ParameterizedTest
    @ValueSource(strings = {"github", "google", "facebook", "linkedin", "auth0"})
    void does_not_change_account_links_or_sessions(String provider) {
        Person person = chain.somebody();
        StandIn standIn = chain.providers().all().stream()
                .filter(each -> each.alias().equals(provider))
                .findFirst()
                .orElseThrow();
        Visitor elsewhere = chain.visitor();
        chain.atPortfolio(elsewhere).with(provider).as(person.login());
        String id = chain.administrator().user(person.email()).path("id").asText();

        for (Failure failure : EnumSet.copyOf(possible(provider))) {
            standIn.ledger().failures().set(person.login(), failure);
            Visitor visitor = chain.visitor();
            Answer page = chain.atDashboard(visitor).with(provider).start();
            visitor.follow(visitor.press(page, "button[name=login][value=" + person.login() + "]"));

            assertThat(chain.atDashboard(visitor).session().isNull())
                    .as("%s: not signed in", failure)
                    .isTrue();
            assertThat(chain.administrator().user(person.email()).path("id").asText())
                    .as("%s: one account, the same", failure)
                    .isEqualTo(id);
            assertThat(chain.administrator().links(id))
                    .as("links after %s", failure)
                    .containsExactly(provider);
            assertThat(chain.administrator().sessions(id))
                    .as("sessions after %s", failure)
                    .hasSize(1);
        }
        standIn.ledger().failures().clear(person.login());

        assertThat(chain.atPortfolio(elsewhere)
                        .session()
                        .path("user")
                        .path("id")
                        .asText())
                .as("who was signed in elsewhere still is")
                .isEqualTo(id);
    }
}
