package io.github.multiclientauth.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final URI SERVER = URI.create("https://sso.example.com/");

    /** One of each. */
    private static final List<Step> STEPS = List.of(
            new SignInFlow("ours", "theirs", "copy", "client-origin"),
            new FirstSignInBinding("ours"),
            new SignInGate(),
            new ApplicationScope(),
            new SessionsRole(),
            new TokensRole(),
            new FacadeAccount(),
            new ServerListener("listener"),
            new PictureAttribute(),
            new ClientFlow("shop", "ours"),
            new ClientScope("shop"),
            new ClientKey("shop", "https://shop.example.com/api/auth/jwks.json"),
            new FlowRefresh(new SignInFlow("ours", "theirs", "copy", "client-origin")));

    @TempDir
    Path directory;

    @Test
    void remembers_every_kind_of_step_in_another_run() {
        Journal first = journal();
        STEPS.forEach(step -> first.begin(step, Json.object().put("was", step.description())));

        Journal second = journal();

        assertThat(STEPS).hasSize(Step.class.getPermittedSubclasses().length);
        assertThat(second.entries()).isEqualTo(first.entries()).hasSize(STEPS.size());
        assertThat(STEPS).allMatch(second::hasBegun);
        assertThat(second.hasBegun(new ClientScope("blog"))).isFalse();
    }

    @Test
    void is_deleted_with_its_last_step() {
        Journal journal = journal();
        journal.begin(new SignInGate(), Json.object());
        assertThat(file()).exists();

        journal.forget(journal.entries().get(0));

        assertThat(file()).doesNotExist();
    }

    @Test
    void belongs_to_one_realm_of_one_server() {
        journal().begin(new SignInGate(), Json.object());

        assertThatThrownBy(() -> Journal.open(file(), SERVER, "another"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the realm staff");
        assertThatThrownBy(() -> Journal.open(file(), URI.create("https://another.example.com/"), "staff"))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void refuses_another_kind_of_file() throws Exception {
        Files.writeString(file(), "{\"version\":1,");

        assertThatThrownBy(this::journal).isInstanceOf(RefusedException.class).hasMessageContaining("no state file");
    }

    @Test
    void after_a_refresh_it_has_the_new_flow() {
        SignInFlow made = new SignInFlow("ours", "theirs", "copy", "client-origin");
        FlowRefresh refresh = new FlowRefresh(made.copying("another"));
        Journal first = journal();
        first.begin(made, Json.object().put("was", "old"));
        first.begin(new ClientScope("shop"), Json.object());
        first.begin(refresh, Json.object());
        assertThat(journal().interrupted()).contains(refresh);

        journal().refreshed(refresh, Json.object().put("was", "new"));

        assertThat(journal().interrupted()).isEmpty();
        assertThat(journal().entries())
                .extracting(Journal.Entry::step)
                .as("in the order in which they are taken back")
                .containsExactly(made.copying("another"), new ClientScope("shop"));
        assertThat(journal().entry(made))
                .hasValueSatisfying(
                        entry -> assertThat(entry.before().path("was").asText()).isEqualTo("new"));
    }

    private Journal journal() {
        return Journal.open(file(), SERVER, "staff");
    }

    private Path file() {
        return directory.resolve("state.json");
    }
}
