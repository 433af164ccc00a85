package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.accepted;
import static io.github.multiclientauth.testbed.conformance.Expected.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Wrong answers to the facade's question whether the session is alive, which it asks at the end of each sign-in. */
final class ConfirmationRows {

    private static final String CLAUSE = "ours";

    private final List<Row<SignInTrial>> rows = new ArrayList<>();

    private ConfirmationRows() {}

    private void answer(String name, String change, Expected expected, Function<String, Reply> act) {
        rows.add(new Row<>(name, CLAUSE, change, expected, trial -> {
            trial.conduct().confirmation(act);
            trial.signIn();
        }));
    }

    private void text(String name, String change, UnaryOperator<String> act) {
        answer(name, change, refused(), body -> Reply.json(act.apply(body)));
    }

    static List<Row<SignInTrial>> all() {
        ConfirmationRows table = new ConfirmationRows();
        table.fill();
        return table.rows;
    }

    private void fill() {
        answer("alive", "nothing", accepted("everything is right"), Reply::json);
        text("not alive", "the session has ended", json -> json.replaceFirst("\"alive\":true", "\"alive\":false"));
        text("no verdict", "alive is missing", json -> json.replaceFirst("\"alive\":true,", ""));
        text("alive is text", "alive is a text", json -> json.replaceFirst("\"alive\":true", "\"alive\":\"true\""));
        text(
                "an error",
                "an error instead of a verdict",
                json -> json.replaceFirst("\\[\\{.*\\}\\]", "[{\"error\":\"broken\"}]"));
        text(
                "an error beside a verdict",
                "an error beside alive",
                json -> json.replaceFirst("\"alive\":true", "\"alive\":true,\"error\":\"x\""));
        text(
                "another user",
                "the session is of another user",
                json -> json.replaceAll("\"person-\\d+\"", "\"person-0\""));
        text("no user", "user is missing", json -> json.replaceFirst("\"user\":\"[^\"]*\",", ""));
        text(
                "another session",
                "the claims are of another session",
                json -> json.replaceFirst("\"sid\":\"[^\"]*\"", "\"sid\":\"session-0\""));
        text(
                "claims for another client",
                "azp is another client",
                json -> json.replaceFirst("\"azp\":\"[^\"]*\"", "\"azp\":\"another\""));
        text(
                "another clientId",
                "clientId is another client",
                json -> json.replaceFirst("\"clientId\":\"[^\"]*\"", "\"clientId\":\"another\""));
        text("no claims", "claims is missing", json -> json.replaceFirst(",\"claims\":\\{[^}]*\\}", ""));
        text("no sessions", "an empty list", json -> json.replaceFirst("\\[\\{.*\\}\\]", "[]"));
        text("two sessions", "the answer is there twice", json -> json.replaceFirst("\\[(\\{.*\\})\\]", "[$1,$1]"));
        text("no time", "now is missing", json -> json.replaceFirst("\"now\":\\d+,", ""));
        text(
                "alive twice",
                "alive false, then true",
                json -> json.replaceFirst("\"alive\"", "\"alive\":false,\"alive\""));
        text("text after the answer", "a second object after the answer", json -> json + "{}");
        text(
                "an end that is text",
                "endsAt is a text",
                json -> json.replaceFirst("\"alive\":true", "\"alive\":true,\"endsAt\":\"never\""));
        answer("confirmation: status 403", "status 403", refused(), body -> Reply.of(403, "application/json", body));
        answer(
                "confirmation: status 500",
                "status 500 with the right answer",
                refused(),
                body -> Reply.of(500, "application/json", body));
        answer(
                "confirmation: a redirect",
                "a redirect, which nobody follows",
                refused(),
                body -> Reply.of(307, "application/json", body).with("Location", "/elsewhere"));
        answer("confirmation: no answer", "the connection is closed", refused(), body -> Reply.nothing());
    }
}
