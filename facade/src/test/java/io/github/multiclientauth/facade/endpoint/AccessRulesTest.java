package io.github.multiclientauth.facade.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.StepUp;
import io.github.multiclientauth.facade.endpoint.AccessRules.UnusableException;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.oidc.Authentication;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.Membership;
import io.github.multiclientauth.facade.oidc.UserClaims;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {

    private static final StepUp LEVELS =
            new StepUp(Map.of("silver", 1, "gold", 2), Optional.empty(), OptionalInt.empty(), false);

    private static final Recognized SHOP = new Recognized(
            Applications.withPreviews(
                            Applications.application("shop", Set.of("https://shop.test"), "github"),
                            "https://shop.test",
                            "https://shop-*.shops.test")
                    .with(LEVELS),
            Origin.parse("https://shop.test").orElseThrow(),
            false);

    private static final Membership MEMBERSHIP = new Membership(
            Optional.of("ada"),
            List.of("/staff", "/staff/M%C3%BCnchen", "/a%2Cb", "role:admin", "role:a%3Ab", "role:shop:editor"),
            0);

    private static boolean letsIn(String query) throws UnusableException {
        return letsIn(query, "github", Optional.of("silver"), MEMBERSHIP);
    }

    private static boolean letsIn(String query, String provider, Optional<String> acr, Membership membership)
            throws UnusableException {
        Identity identity = new Identity(
                "1",
                "sid",
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(provider).filter(alias -> !alias.equals("keycloak")),
                Optional.empty(),
                "shop",
                false,
                UserClaims.NONE,
                new Authentication(acr, Optional.empty(), List.of(), Optional.empty(), false),
                membership);
        return AccessRules.parse(query).broken(identity, SHOP).isEmpty();
    }

    /** Of the application alone. */
    private static boolean letsIn(String query, Recognized at) throws UnusableException {
        return AccessRules.parse(query).broken(at).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "provider=github",
                "provider=google,github",
                "role=admin",
                "role=nobody,admin",
                "role=admin&role=shop:editor",
                "role=a%253Ab",
                "group=/staff",
                "group=%2Fstaff",
                "group=/staff/M%C3%BCnchen",
                "group=/staff/M%25C3%25BCnchen",
                "group=/a%252Cb",
                "group=/a,/staff",
                "acr=silver",
                "acr=gold,silver",
                "provider=github&role=admin&group=/staff&acr=silver",
                "client=shop",
                "client=other,shop",
                "client=sh%6Fp&role=admin",
                "token&rd",
                "rd=/x&token=",
            })
    void let_in_who_meets_all_of_them(String query) throws Exception {
        assertThat(letsIn(query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client=other",
                "client=Shop",
                "client=shop.test",
                "client=shop&client=other",
                "client=other&role=admin",
                "provider=google",
                "provider=keycloak",
                "provider=GitHub",
                "role=editor",
                "role=other:editor",
                "role=a:b",
                "role=role:admin",
                "role=/staff",
                "role=admin&role=root",
                "group=staff",
                "group=/sta",
                "group=/staff/",
                "group=/staff/x",
                "group=role:admin",
                "group=/a,b",
                "acr=gold",
                "acr=platinum",
                "role=admin&acr=gold",
            })
    void keep_out_who_does_not(String query) throws Exception {
        assertThat(letsIn(query)).isFalse();
    }

    @Test
    void are_not_met_by_what_is_not_known() throws Exception {
        assertThat(letsIn("acr=silver", "github", Optional.empty(), MEMBERSHIP)).isFalse();
        assertThat(letsIn("role=admin", "github", Optional.empty(), Membership.NONE))
                .isFalse();
        assertThat(letsIn("provider=keycloak", "keycloak", Optional.empty(), Membership.NONE))
                .isTrue();
        assertThat(letsIn("acr=silver", "github", Optional.of("gold"), MEMBERSHIP))
                .isTrue();
    }

    /** Who is signed in at another application, or at a preview, is nobody here. */
    @Test
    void are_for_the_applications_that_they_name() throws Exception {
        Recognized preview = new Recognized(
                SHOP.application(), Origin.parse("https://shop-1.shops.test").orElseThrow(), false);

        assertThat(letsIn("client=shop,other", SHOP)).isTrue();
        assertThat(letsIn("client=other", SHOP)).isFalse();
        assertThat(letsIn("client=shop", preview)).isFalse();
        assertThat(letsIn("", preview)).isTrue();
        assertThat(letsIn("role=nobody", SHOP)).isTrue();
    }

    /** A misspelt rule must not let everybody in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rolle=admin",
                "client",
                "client=",
                "client=shop,",
                "Client=shop",
                "Role=admin",
                "role",
                "role=",
                "role=,admin",
                "role=admin,",
                "role=admin, ,x",
                "role=%zz",
                "role=%ff",
                "rol%65=admin",
                "token&token",
                "token=yes",
                "rd&rd",
                "=admin",
                "admin",
                "role=admin&x",
            })
    void are_unusable_as_a_whole(String query) {
        assertThatThrownBy(() -> AccessRules.parse(query)).isInstanceOf(UnusableException.class);
    }

    @Test
    void are_few() {
        assertThatThrownBy(() -> AccessRules.parse("role=a&".repeat(65))).isInstanceOf(UnusableException.class);
    }

    @Test
    void say_how_the_proxy_wants_the_answer() throws Exception {
        assertThat(AccessRules.parse("")).isEqualTo(AccessRules.NONE);
        assertThat(AccessRules.parse("token").token()).isTrue();
        assertThat(AccessRules.parse("rd").returnTo()).contains("");
        assertThat(AccessRules.parse("rd=https%3A%2F%2Fa.test%2F").returnTo()).contains("https://a.test/");
    }
}
