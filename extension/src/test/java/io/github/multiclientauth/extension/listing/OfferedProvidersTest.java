package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.listing.OfferedProviders.Offer;
import io.github.multiclientauth.extension.provider.Allowance;
import io.github.multiclientauth.extension.provider.ProviderServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OfferedProvidersTest {

    private static final RealmProvider GITHUB = provider("github");
    private static final RealmProvider FACEBOOK = provider("facebook");

    @Test
    void are_in_the_order_of_the_login_page() {
        assertThat(offered(client(), at(provider("b"), 2), provider("z"), at(provider("c"), 10), provider("a")))
                .containsExactly("b", "c", "a", "z");
    }

    @Test
    void have_the_names_that_people_know() {
        assertThat(new OfferedProviders(new RealmContents(
                                List.of(client()),
                                List.of(GITHUB),
                                new OwnLoginLabels(Map.of(), "Acme", "browser"),
                                "RS256"))
                        .to(client(), List.of()))
                .containsExactly(new Offer("github", "Name of github"));
    }

    @Test
    void are_those_that_sign_people_in() {
        assertThat(offered(client(), GITHUB, disabled(FACEBOOK), linkOnly(provider("corp"))))
                .containsExactly("github");
    }

    @Test
    void are_those_that_the_rules_allow() {
        assertThat(offered(client("github##facebook", "facebook##corp"), GITHUB, FACEBOOK, provider("corp")))
                .containsExactly("facebook");
    }

    @Test
    void are_hidden_ones_for_who_names_them() {
        RealmProvider corp = hidden(provider("corp"));

        assertThat(offered(client(), GITHUB, corp)).containsExactly("github");
        assertThat(offered(client(""), GITHUB, corp)).containsExactly("github");
        assertThat(offered(client("corp##github"), GITHUB, corp)).containsExactly("corp", "github");
        assertThat(offered(client("corp##github", "github"), GITHUB, corp)).containsExactly("github");
    }

    @Test
    void are_offered_under_the_shared_alias() {
        RealmProvider own = provider("facebook-portfolio", "facebook");

        assertThat(offered(client(), FACEBOOK, own)).containsExactly("facebook");
        assertThat(offered(other(), FACEBOOK, own)).containsExactly("facebook");
        assertThat(offered(client(), FACEBOOK, disabled(own))).containsExactly("facebook");
    }

    @Test
    void are_served_by_an_applications_own_while_the_shared_one_is_disabled() {
        RealmProvider own = hidden(provider("facebook-portfolio", "facebook"));

        assertThat(offered(client(), disabled(FACEBOOK), own)).containsExactly("facebook");
        assertThat(offered(client("github"), disabled(FACEBOOK), own)).isEmpty();
        assertThat(offered(client("facebook"), disabled(FACEBOOK), own)).containsExactly("facebook");
        assertThat(offered(client(), FACEBOOK, linkOnly(own))).isEmpty();
        assertThat(offered(other(), disabled(FACEBOOK), own)).isEmpty();
    }

    @Test
    void keep_an_alias_that_ends_like_an_unknown_client_id() {
        assertThat(offered(client(), GITHUB, provider("github-enterprise", "github")))
                .containsExactly("github", "github-enterprise");
    }

    @Test
    void end_with_the_login_page_where_it_may_answer() {
        List<String> registered = List.of("https://portfolio.example/api/auth/callback/keycloak");
        OfferedProviders providers = new OfferedProviders(new RealmContents(
                List.of(client()), List.of(GITHUB), new OwnLoginLabels(Map.of(), "Acme", "browser"), "RS256"));

        assertThat(providers.to(client(), registered))
                .containsExactly(new Offer("github", "Name of github"), new Offer("keycloak", "Acme"));
        assertThat(providers.to(client("keycloak"), registered)).containsExactly(new Offer("keycloak", "Acme"));
        assertThat(providers.to(client("github"), registered)).containsExactly(new Offer("github", "Name of github"));
        assertThat(providers.to(client(), List.of())).containsExactly(new Offer("github", "Name of github"));
    }

    @Test
    void leave_out_a_provider_with_the_name_of_the_login_page() {
        assertThat(offered(client("keycloak", "keycloak##github"), provider("keycloak"), GITHUB))
                .isEmpty();
    }

    private static List<String> offered(Registration client, RealmProvider... providers) {
        return new OfferedProviders(new RealmContents(
                        List.of(client(), other()),
                        List.of(providers),
                        new OwnLoginLabels(Map.of(), "Acme", "browser"),
                        "RS256"))
                .to(client, List.of()).stream().map(Offer::alias).toList();
    }

    private static Registration client(String... rules) {
        return registration("portfolio", rules);
    }

    private static Registration other() {
        return registration("dashboard");
    }

    private static Registration registration(String clientId, String... rules) {
        return new Registration(
                clientId,
                "",
                true,
                false,
                null,
                null,
                Set.of(),
                Set.of(),
                Map.of(),
                Stream.of(rules).map(Allowance::of).toList(),
                PreviewEntries.NONE,
                PageEntries.NONE,
                StepUpEntries.NONE,
                ApiAccessEntries.NONE,
                null,
                Set.of());
    }

    private static RealmProvider provider(String alias) {
        return provider(alias, alias);
    }

    private static RealmProvider provider(String alias, String type) {
        return new RealmProvider(
                alias,
                ProviderServer.of(type, Map.of()),
                "Name of " + alias,
                true,
                false,
                false,
                RealmProvider.positionOf(null));
    }

    private static RealmProvider at(RealmProvider it, int position) {
        return new RealmProvider(
                it.alias(), it.server(), it.displayName(), it.enabled(), it.linkOnly(), it.hidden(), position);
    }

    private static RealmProvider disabled(RealmProvider it) {
        return new RealmProvider(
                it.alias(), it.server(), it.displayName(), false, it.linkOnly(), it.hidden(), it.position());
    }

    private static RealmProvider linkOnly(RealmProvider it) {
        return new RealmProvider(
                it.alias(), it.server(), it.displayName(), it.enabled(), true, it.hidden(), it.position());
    }

    private static RealmProvider hidden(RealmProvider it) {
        return new RealmProvider(
                it.alias(), it.server(), it.displayName(), it.enabled(), it.linkOnly(), true, it.position());
    }
}
