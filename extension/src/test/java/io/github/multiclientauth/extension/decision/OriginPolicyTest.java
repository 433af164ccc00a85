package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Admitted;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Reason;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

    private static final Origin APP = Origin.parse("https://app.example.com").orElseThrow();
    private static final String CALLBACK = "https://app.example.com/api/auth/callback/github";
    private static final OriginPolicy POLICY = new OriginPolicy(Set.of(APP), false);
    private static final OriginPolicy STRICT = new OriginPolicy(Set.of(APP), true);

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com", "https://app.example.com:443", "HTTPS://App.Example.COM"})
    void admits_the_clients_origin_in_every_spelling(String origin) {
        assertThat(POLICY.decide(List.of(origin), CALLBACK)).isEqualTo(new Admitted(APP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example.com",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com.evil.example",
                "https://evil-app.example.com",
                "https://www.app.example.com",
                "https://app.example.com.",
                "https://example.com"
            })
    void refuses_another_origin(String origin) {
        assertThat(POLICY.decide(List.of(origin), CALLBACK)).isEqualTo(new Refused(Reason.FOREIGN_ORIGIN, origin));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "+",
                "null",
                "app.example.com",
                "//app.example.com",
                "https://app.example.com/",
                "https://app.example.com/path",
                "https://app.example.com?query",
                "https://user@app.example.com",
                "https://app.example.com\\@evil.example",
                "https://app.example.com\n",
                "blob:https://app.example.com",
                "javascript:alert(1)"
            })
    void refuses_what_is_no_origin(String text) {
        assertThat(POLICY.decide(List.of(text), CALLBACK)).isEqualTo(new Refused(Reason.NOT_AN_ORIGIN, text));
    }

    @Test
    void does_not_fall_back_from_a_bad_parameter_to_the_redirect_uri() {
        assertThat(POLICY.decide(List.of(), CALLBACK)).isEqualTo(new Admitted(APP));
        assertThat(POLICY.decide(List.of(""), CALLBACK)).isInstanceOf(Refused.class);
    }

    @Test
    void refuses_a_parameter_given_twice_even_if_both_are_right() {
        assertThat(POLICY.decide(List.of("https://app.example.com", "https://app.example.com"), CALLBACK))
                .isEqualTo(new Refused(Reason.PARAMETER_DUPLICATED, "https://app.example.com https://app.example.com"));
    }

    @Test
    void takes_the_redirect_uri_without_a_parameter() {
        assertThat(POLICY.decide(List.of(), "https://other.example.com/api/auth/callback/github"))
                .isEqualTo(new Refused(Reason.FOREIGN_ORIGIN, "https://other.example.com/api/auth/callback/github"));
    }

    @Test
    void refuses_a_redirect_uri_without_an_origin() {
        assertThat(POLICY.decide(List.of(), "com.example.app:/callback"))
                .isEqualTo(new Refused(Reason.NOT_AN_ORIGIN, "com.example.app:/callback"));
        assertThat(POLICY.decide(List.of(), null)).isEqualTo(new Refused(Reason.NOT_AN_ORIGIN, ""));
    }

    @Test
    void may_require_the_parameter() {
        assertThat(STRICT.decide(List.of(), CALLBACK)).isEqualTo(new Refused(Reason.PARAMETER_MISSING, ""));
        assertThat(STRICT.decide(List.of("https://app.example.com"), CALLBACK)).isEqualTo(new Admitted(APP));
    }

    @Test
    void refuses_every_sign_in_to_a_client_without_web_origins() {
        OriginPolicy closed = new OriginPolicy(Set.of(), false);
        assertThat(closed.decide(List.of("https://app.example.com"), CALLBACK)).isInstanceOf(Refused.class);
        assertThat(closed.decide(List.of(), CALLBACK)).isInstanceOf(Refused.class);
    }

    @Test
    void gives_the_reason_to_the_event_log() {
        assertThat(Reason.values())
                .extracting(Reason::code)
                .containsExactly("parameter_missing", "parameter_duplicated", "not_an_origin", "foreign_origin");
    }
}
