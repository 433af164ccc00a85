package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final Optional<String> ADA = Optional.of("ada");

    private static Membership of(Map<String, ?> claim) {
        return Membership.of(claim, ADA, "shop", bytes -> true);
    }

    @Test
    void is_written_as_servers_get_it() {
        Membership membership = of(Map.of(
                "groups", List.of("/staff", "/a,b", "/M\u00fcnchen"),
                "roles", List.of("root", "admin"),
                "client_roles", List.of("editor")));

        assertThat(membership.written()).isEqualTo("/M%C3%BCnchen,/a%2Cb,/staff,role:admin,role:root,role:shop:editor");
        assertThat(membership.username()).isEqualTo(ADA);
        assertThat(membership.leftOut()).isZero();
        assertThat(Membership.read(ADA, Optional.of(membership.written()))).isEqualTo(membership);
    }

    @Test
    void is_nothing_without_the_claim() {
        assertThat(Membership.of(null, ADA, "shop", bytes -> true)).isEqualTo(Membership.NONE);
        for (Object odd : List.of("x", 1, List.of("/staff"), true)) {
            assertThat(Membership.of(odd, ADA, "shop", bytes -> true)).isEqualTo(Membership.NONE);
        }
        assertThat(Membership.read(Optional.empty(), Optional.empty())).isEqualTo(Membership.NONE);
    }

    /** No name looks like another kind of name. */
    @Test
    void tells_groups_roles_and_clients_apart() {
        Membership membership = of(Map.of(
                "groups", List.of("role:admin", "staff", "/ok"),
                "roles", List.of("shop:editor", "/staff"),
                "client_roles", List.of("a:b")));

        assertThat(membership.groups()).containsExactly("/ok", "role:/staff", "role:shop%3Aeditor", "role:shop:a%3Ab");
        assertThat(membership.leftOut()).isEqualTo(2);
        assertThat(Membership.of(
                                Map.of("client_roles", List.of("editor")),
                                ADA,
                                "https://a.example.com,x",
                                bytes -> true)
                        .written())
                .isEqualTo("role:https%3A//a.example.com%2Cx:editor");
    }

    @Test
    void leaves_out_names_that_are_none() {
        assertThat(of(Map.of(
                        "groups", Arrays.asList("/a", "/b\r\nX: y", "", null, 1, Map.of(), "/" + "x".repeat(1000)))))
                .isEqualTo(new Membership(ADA, List.of("/a"), 6));
        assertThat(of(Map.of("groups", "/a", "roles", Map.of("a", "b")))).isEqualTo(new Membership(ADA, List.of(), 0));
    }

    @Test
    void has_a_limit_and_counts_what_is_left_out() {
        List<String> groups =
                IntStream.range(0, 500).mapToObj(each -> "/group-" + each).toList();

        Membership membership = of(Map.of("groups", groups, "roles", List.of("admin")));

        assertThat(membership.groups()).contains("role:admin", "/group-0").doesNotContain("/group-99");
        assertThat(membership.groups().size() + membership.leftOut()).isEqualTo(501);
        assertThat(membership.written().length()).isBetween(850, Membership.MAX_TOGETHER);
    }

    @Test
    void gives_up_groups_for_other_claims() {
        Membership membership = of(Map.of("groups", List.of("/a", "/b", "/c")));

        assertThat(membership.within(membership.bytes())).isEqualTo(membership);
        assertThat(membership.within(membership.bytes() - 1)).isEqualTo(new Membership(ADA, List.of("/a", "/b"), 1));
    }
}
