package io.github.multiclientauth.extension.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowanceTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "##", " ## "})
    void an_empty_rule_allows_all_providers(String setting) {
        assertThat(Allowance.of(setting).allows("github")).isTrue();
        assertThat(Allowance.of(setting).allows("keycloak")).isTrue();
    }

    @Test
    void a_rule_allows_those_it_names_and_no_others() {
        Allowance allowance = Allowance.of("github## google ");
        assertThat(allowance.allows("github")).isTrue();
        assertThat(allowance.allows("google")).isTrue();
        assertThat(allowance.allows("facebook")).isFalse();
        assertThat(allowance.allows("keycloak")).isFalse();
    }

    @Test
    void names_are_compared_as_a_whole() {
        Allowance allowance = Allowance.of("github");
        assertThat(allowance.allows("github-portfolio")).isFalse();
        assertThat(allowance.allows("git")).isFalse();
        assertThat(allowance.allows("GitHub")).isFalse();
        assertThat(allowance.allows("")).isFalse();
    }
}
