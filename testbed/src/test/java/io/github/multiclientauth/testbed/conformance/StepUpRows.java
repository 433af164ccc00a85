package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.accepted;
import static io.github.multiclientauth.testbed.conformance.Expected.refused;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** ID tokens that do not say what a sign-in has demanded. */
final class StepUpRows {

    private static final String STEP_12 = "Core 3.1.3.7, step 12";
    private static final String STEP_13 = "Core 3.1.3.7, step 13";
    private static final String UNMET = "MCA00226";
    private static final String MAX_AGE = "max_age=60";
    private static final String LOGIN = "prompt=login";
    private static final String GOLD = "acr_values=gold";

    private final List<Row<SignInTrial>> rows = new ArrayList<>();

    private StepUpRows() {}

    private void row(
            String name, String clause, String change, Expected expected, String demand, Consumer<Jwt> idToken) {
        rows.add(new Row<>(name, clause, change, expected, trial -> {
            trial.demand(demand);
            trial.conduct().idToken(idToken);
            trial.signIn();
        }));
    }

    private static long in(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    static List<Row<SignInTrial>> all() {
        StepUpRows table = new StepUpRows();
        table.ages();
        table.levels();
        return table.rows;
    }

    private void ages() {
        row(
                "max_age met",
                STEP_13,
                "nothing",
                accepted("everything is right"),
                MAX_AGE,
                token -> token.claim("auth_time", in(0)));
        row(
                "max_age, no auth_time",
                STEP_13,
                "max_age was demanded, auth_time is missing",
                refused(UNMET),
                MAX_AGE,
                token -> {});
        row(
                "max_age, auth_time an hour ago",
                STEP_13,
                "max_age was 60, auth_time is an hour ago",
                refused(UNMET),
                MAX_AGE,
                token -> token.claim("auth_time", in(-3600)));
        row(
                "max_age, auth_time in the future",
                STEP_13,
                "auth_time is in an hour",
                refused(UNMET),
                MAX_AGE,
                token -> token.claim("auth_time", in(3600)));
        row(
                "max_age, auth_time a little ahead",
                STEP_13,
                "max_age was 60, auth_time is in 4 seconds",
                accepted("the clocks of Keycloak's nodes differ, and 5 seconds are allowed for that"),
                MAX_AGE,
                token -> token.claim("auth_time", in(4)));
        row(
                "max_age, auth_time ahead",
                STEP_13,
                "max_age was 60, auth_time is in 30 seconds",
                refused(UNMET),
                MAX_AGE,
                token -> token.claim("auth_time", in(30)));
        row(
                "max_age, auth_time a little too old",
                STEP_13,
                "max_age was 60, auth_time is 70 seconds ago",
                refused(UNMET),
                MAX_AGE,
                token -> token.claim("auth_time", in(-70)));
        row(
                "max_age, auth_time in milliseconds",
                STEP_13,
                "auth_time is in milliseconds",
                refused(UNMET),
                MAX_AGE,
                token -> token.claim("auth_time", 1000 * in(0)));
        row(
                "max_age, auth_time is text",
                STEP_13,
                "auth_time is a text",
                refused(UNMET),
                MAX_AGE,
                token -> token.claim("auth_time", Long.toString(in(0))));
        row(
                "max_age, auth_time in a list",
                STEP_13,
                "auth_time is a list",
                refused(UNMET),
                MAX_AGE,
                token -> token.claim("auth_time", List.of(in(0))));
        row(
                "max_age=0, auth_time a minute ago",
                STEP_13,
                "max_age was 0, auth_time is a minute ago",
                refused(UNMET),
                "max_age=0",
                token -> token.claim("auth_time", in(-60)));
        row(
                "prompt=login met",
                STEP_13,
                "nothing",
                accepted("everything is right"),
                LOGIN,
                token -> token.claim("auth_time", in(0)).claim("acr", "1"));
        row(
                "prompt=login, auth_time before",
                STEP_13,
                "prompt was login, auth_time is a minute ago",
                refused(UNMET),
                LOGIN,
                token -> token.claim("auth_time", in(-60)).claim("acr", "1"));
        row(
                "prompt=login, no auth_time",
                STEP_13,
                "prompt was login, auth_time is missing",
                refused(UNMET),
                LOGIN,
                token -> {});
    }

    private void levels() {
        row("acr met", STEP_12, "nothing", accepted("everything is right"), GOLD, token -> token.claim("acr", "gold"));
        row("acr_values, no acr", STEP_12, "acr_values was gold, acr is missing", refused(UNMET), GOLD, token -> {});
        row(
                "acr_values, a lower acr",
                STEP_12,
                "acr_values was gold, acr is 1",
                refused(UNMET),
                GOLD,
                token -> token.claim("acr", "1"));
        row(
                "acr_values, acr in another case",
                STEP_12,
                "acr_values was gold, acr is GOLD",
                refused(UNMET),
                GOLD,
                token -> token.claim("acr", "GOLD"));
        row(
                "acr_values, acr in a list",
                STEP_12,
                "acr is a list",
                refused(UNMET),
                GOLD,
                token -> token.claim("acr", List.of("gold")));
        row(
                "acr_values, acr is an object",
                STEP_12,
                "acr is an object",
                refused(UNMET),
                GOLD,
                token -> token.claim("acr", Map.of("gold", true)));
    }
}
