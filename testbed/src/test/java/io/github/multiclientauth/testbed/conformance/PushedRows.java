package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.accepted;
import static io.github.multiclientauth.testbed.conformance.Expected.refused;

import io.github.multiclientauth.testbed.conformance.Reply.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Wrong answers to pushed authorization requests. */
final class PushedRows {

    private static final String CLAUSE = "PAR 2.2";
    private static final String LOG_ID = "MCA00222";
    private static final String JSON = "application/json";
    private static final int CREATED = 201;

    private final List<Row<SignInTrial>> rows = new ArrayList<>();

    private PushedRows() {}

    private void row(String name, String change, Expected expected, Function<String, Reply> act) {
        rows.add(new Row<>(name, CLAUSE, change, expected, trial -> {
            trial.conduct().pushed(act);
            trial.signIn();
        }));
    }

    static List<Row<SignInTrial>> all() {
        PushedRows table = new PushedRows();
        table.fill();
        return table.rows;
    }

    private void fill() {
        row("right answer", "nothing", accepted("everything is right"), body -> Reply.of(CREATED, JSON, body));
        row(
                "pushed: status 200",
                "the right answer with status 200",
                accepted("the request_uri is there, and that is what the facade asked for"),
                body -> Reply.of(200, JSON, body));
        row(
                "pushed: an error",
                "the error invalid_request",
                refused(LOG_ID),
                body -> Reply.of(400, JSON, "{\"error\":\"invalid_request\"}"));
        row("pushed: status 500", "an error page", refused(LOG_ID), body -> Reply.of(500, "text/html", "<h1>"));
        row(
                "pushed: no request_uri",
                "no request_uri",
                refused(LOG_ID),
                body -> Reply.of(CREATED, JSON, "{\"expires_in\":60}"));
        row(
                "pushed: request_uri is a number",
                "request_uri is 7",
                refused(LOG_ID),
                body -> Reply.of(CREATED, JSON, "{\"request_uri\":7,\"expires_in\":60}"));
        row(
                "pushed: request_uri is no address",
                "request_uri has spaces",
                refused(LOG_ID),
                body -> Reply.of(CREATED, JSON, "{\"request_uri\":\"a b\",\"expires_in\":60}"));
        row(
                "pushed: request_uri twice",
                "another request_uri, then the right one",
                refused(LOG_ID),
                body -> Reply.of(CREATED, JSON, "{\"request_uri\":\"urn:x\"," + body.substring(1)));
        row(
                "pushed: no expires_in",
                "no expires_in",
                refused(LOG_ID),
                body -> Reply.of(CREATED, JSON, body.replaceFirst(",\"expires_in\":60", "")));
        row(
                "pushed: expires_in is 0",
                "expires_in is 0",
                refused(LOG_ID),
                body -> Reply.of(CREATED, JSON, body.replace(":60", ":0")));
        row(
                "pushed: expires_in is text",
                "expires_in is soon",
                refused(LOG_ID),
                body -> Reply.of(CREATED, JSON, body.replace(":60", ":\"soon\"")));
        row("pushed: HTML", "Content-Type is text/html", refused(LOG_ID), body -> Reply.of(CREATED, "text/html", body));
        row(
                "pushed: a redirect",
                "a redirect, which nobody follows",
                refused(LOG_ID),
                body -> Reply.of(307, JSON, body).with("Location", "/elsewhere"));
        row(
                "pushed: 300 KB",
                "300 KB of white space after the answer",
                refused(LOG_ID),
                body -> Reply.of(CREATED, JSON, body + " ".repeat(300_000)));
        row("pushed: no answer", "the connection is closed", refused(LOG_ID), body -> Reply.nothing());
        row(
                "pushed: no end",
                "white space without end after the answer",
                refused(LOG_ID),
                body -> Reply.of(CREATED, JSON, body).sent(Delivery.ENDLESS));
    }
}
