package io.github.multiclientauth.facade.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.StepUp;
import io.github.multiclientauth.facade.oidc.Authentication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemandTest {

    private static final Instant STARTED = Instant.parse("2026-11-23T20:18:54.564Z");
    private static final StepUp LEVELS = application(Map.of("silver", 1, "gold", 2), null, null);

    /** @param age how many seconds before the start the user authenticated */
    @ParameterizedTest
    @CsvSource({
        // max_age, age at the start, seconds until the callback, met
        "300, 299, 0, true",
        "300, 299, 4, true",
        "300, 299, 30, false",
        "300, 400, 0, false",
        "0, 0, 1, true",
        "0, 1, 1, false",
        "0, 3600, 1, false",
        // authenticated while the sign-in ran
        "0, -20, 25, true",
        "0, -20, 600, false",
        "10, -20, 85, true",
        "10, -20, 600, false",
        // by a clock that cannot be right
        "300, -100, 1, false",
    })
    void an_age_is_met_by_an_authentication_that_is_not_older(int maxAge, int age, int later, boolean met) {
        assertThat(unmet(demand(maxAge), at(age, "1"), later).isEmpty()).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"-10, 1, true", "-10, 0, false", "-10, gold, true", "0, 1, true", "1, 1, false", "60, 1, false"})
    void a_login_is_met_by_one_after_the_start(int age, String acr, boolean met) {
        Demand demand = new Demand(true, OptionalInt.empty(), List.of());

        assertThat(unmet(demand, at(age, acr), 12).isEmpty()).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({
        // demanded, given, met
        "gold, gold, true",
        "gold, silver, false",
        "silver, gold, true",
        "gold, 1, false",
        "gold, 2, true",
        "gold, 0, false",
        "gold, Gold, false",
        "gold silver, silver, true",
        "phr, phr, true",
        "phr, gold, false",
        "phr, 9, false",
        "2, 1, false",
        "2, 3, true",
        "2, gold, true",
        "2, 99999999999999999999, false",
    })
    void a_level_is_met_by_one_that_is_not_lower(String demanded, String given, boolean met) {
        Demand demand = new Demand(false, OptionalInt.empty(), List.of(demanded.split(" ")));

        assertThat(unmet(demand, at(60, given), 0).isEmpty()).isEqualTo(met);
    }

    @Test
    void is_not_met_by_a_token_that_says_nothing() {
        assertThat(unmet(demand(300), Authentication.UNKNOWN, 0))
                .hasValueSatisfying(reason -> assertThat(reason).contains("auth_time", "client scope basic"));
        assertThat(unmet(new Demand(true, OptionalInt.empty(), List.of()), Authentication.UNKNOWN, 0))
                .isPresent();
        assertThat(unmet(new Demand(false, OptionalInt.empty(), List.of("1")), Authentication.UNKNOWN, 0))
                .hasValueSatisfying(reason -> assertThat(reason).contains("acr", "client scope acr"));
        assertThat(unmet(Demand.NONE, Authentication.UNKNOWN, 0)).isEmpty();
    }

    @Test
    void of_an_application_is_added_where_it_is_stricter() {
        StepUp strict = application(Map.of("silver", 1, "gold", 2), "gold", 300);
        Demand own = new Demand(true, OptionalInt.of(60), List.of("silver", "gold"));

        assertThat(Demand.NONE.and(strict)).isEqualTo(new Demand(false, OptionalInt.of(300), List.of("gold")));
        assertThat(own.and(strict)).isEqualTo(new Demand(true, OptionalInt.of(60), List.of("gold")));
        assertThat(own.and(StepUp.NONE)).isEqualTo(own);
        assertThat(new Demand(false, OptionalInt.of(900), List.of("silver")).and(strict))
                .isEqualTo(new Demand(false, OptionalInt.of(300), List.of("gold")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"- -", "login -", "- 0", "login 99999999 gold silver", "- - urn:x:\u20ac\"\\"})
    void is_read_as_it_was_written(String line) {
        assertThat(Demand.read(line).write()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "http://localhost:3000/", "other 0", "login x", "login 99999999999"})
    void is_not_read_from_anything_else(String line) {
        assertThatThrownBy(() -> Demand.read(line)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Demand demand(int maxAge) {
        return new Demand(false, OptionalInt.of(maxAge), List.of());
    }

    private static StepUp application(Map<String, Integer> levels, String minimum, Integer maximumAge) {
        return new StepUp(
                levels,
                Optional.ofNullable(minimum),
                maximumAge == null ? OptionalInt.empty() : OptionalInt.of(maximumAge),
                false);
    }

    /** Keycloak says the second. */
    private static Authentication at(int secondsBeforeStart, String acr) {
        return new Authentication(
                Optional.of(acr),
                Optional.of(Instant.ofEpochSecond(STARTED.getEpochSecond() - secondsBeforeStart)),
                List.of(),
                Optional.empty(),
                false);
    }

    private static Optional<String> unmet(Demand demand, Authentication given, int secondsLater) {
        return demand.unmetBy(given, LEVELS, STARTED, STARTED.plus(Duration.ofSeconds(secondsLater)));
    }
}
