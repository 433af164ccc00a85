package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.accepted;
import static io.github.multiclientauth.testbed.conformance.Expected.refused;

import io.github.multiclientauth.testbed.conformance.SignInTrial.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Wrong answers of the authorization endpoint, as they arrive through the browser. */
final class CallbackRows {

    private static final String STATE = "OAuth 10.12";
    private static final String CODE = "OAuth 4.1.2";
    private static final String ISSUER = "RFC 9207 2.4";
    private static final String ERRORS = "OAuth 4.1.2.1";
    private static final String MALFORMED = "MCA00211";
    private static final String PROVIDER_ERROR = "MCA00223";

    private final List<Row<SignInTrial>> rows = new ArrayList<>();

    private CallbackRows() {}

    private void row(String name, String clause, String change, Expected expected, Row.Act<SignInTrial> act) {
        rows.add(new Row<>(name, clause, change, expected, act));
    }

    /** The right response, changed, as the browser's query. */
    private void query(String name, String clause, String change, Expected expected, Function<Response, String> act) {
        row(name, clause, change, expected, trial -> trial.finish(act.apply(trial.start())));
    }

    static List<Row<SignInTrial>> all() {
        CallbackRows table = new CallbackRows();
        table.states();
        table.codes();
        table.issuers();
        table.mixedUp();
        table.replayed();
        table.errors();
        table.otherFlows();
        return table.rows;
    }

    private void states() {
        query("right response", CODE, "nothing", accepted("everything is right"), Response::query);
        query("no state", STATE, "no state", refused(), r -> r.without("state").query());
        query(
                "state empty",
                STATE,
                "state is empty",
                refused(),
                r -> r.with("state", "").query());
        query(
                "another state",
                STATE,
                "a state that nobody has sent",
                refused(),
                r -> r.with("state", "A".repeat(43)).query());
        query(
                "state cut off",
                STATE,
                "the right state without its last character",
                refused(),
                r -> r.with("state", r.get("state").replaceFirst(".$", "")).query());
        query(
                "state in another case",
                STATE,
                "the right state in another case",
                refused(),
                r -> r.with("state", swapped(r.get("state"))).query());
        query(
                "a large state",
                STATE,
                "a state of 10 KB",
                refused(),
                r -> r.with("state", "A".repeat(10_000)).query());
        query(
                "state with a NUL",
                STATE,
                "a NUL after the right state",
                refused(),
                r -> r.with("state", r.get("state") + "\u0000").query());
        query(
                "state twice",
                "OAuth 3.1",
                "the right state twice",
                refused(MALFORMED),
                r -> r.query() + "&state=" + r.get("state"));
        query(
                "state twice, another first",
                "OAuth 3.1",
                "another state, then the right one",
                refused(MALFORMED),
                r -> "state=AAAA&" + r.query());
        query(
                "state that is no UTF-8",
                "URI 2.5",
                "%ff in the state",
                refused(MALFORMED),
                r -> r.without("state").query() + "&state=%ff");
    }

    private static String swapped(String text) {
        StringBuilder swapped = new StringBuilder();
        text.chars()
                .forEach(c -> swapped.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return swapped.toString();
    }

    private void codes() {
        query(
                "no code",
                CODE,
                "neither code nor error",
                refused(),
                r -> r.without("code").query());
        query(
                "code empty",
                CODE,
                "code is empty",
                refused(),
                r -> r.with("code", "").query());
        query(
                "code blank",
                CODE,
                "code is a space",
                refused(),
                r -> r.with("code", " ").query());
        query(
                "an unknown code",
                CODE,
                "a code that the provider has not issued",
                refused(),
                r -> r.with("code", "another").query());
        query(
                "code twice",
                "OAuth 3.1",
                "the right code twice",
                refused(MALFORMED),
                r -> r.query() + "&code=" + r.get("code"));
        query(
                "code twice, another first",
                "OAuth 3.1",
                "another code, then the right one",
                refused(MALFORMED),
                r -> "code=another&" + r.query());
        query(
                "code that is no UTF-8",
                "URI 2.5",
                "%ff in the code",
                refused(MALFORMED),
                r -> r.without("code").query() + "&code=%ff");
    }

    private void issuers() {
        query(
                "no iss",
                ISSUER,
                "no iss; the metadata promise one",
                refused(),
                r -> r.without("iss").query());
        query(
                "iss empty",
                ISSUER,
                "iss is empty",
                refused(),
                r -> r.with("iss", "").query());
        query(
                "another iss",
                ISSUER,
                "the iss of another provider",
                refused(),
                r -> r.with("iss", "https://other.example").query());
        query(
                "iss with a slash",
                ISSUER,
                "a slash after the right iss",
                refused(),
                r -> r.with("iss", r.get("iss") + "/").query());
        query(
                "iss of another realm",
                ISSUER,
                "the iss of another realm",
                refused(),
                r -> r.with("iss", r.get("iss").replace("conformance", "other")).query());
        query(
                "iss in upper case",
                ISSUER,
                "the right iss in upper case",
                refused(),
                r -> r.with("iss", r.get("iss").toUpperCase(Locale.ROOT)).query());
        query("iss twice", "OAuth 3.1", "the right iss twice", refused(MALFORMED), r -> r.query() + "&iss=x");
        query(
                "an error of another issuer",
                ISSUER,
                "access_denied with the iss of another provider",
                refused(),
                r -> r.without("code")
                        .with("error", "access_denied")
                        .with("iss", "https://other.example")
                        .query());
        query(
                "an error without iss",
                ISSUER,
                "access_denied without iss",
                refused(),
                r -> r.without("code")
                        .without("iss")
                        .with("error", "access_denied")
                        .query());
    }

    private void mixedUp() {
        row(
                "code of another sign-in",
                "Core 3.1.3.7, step 11",
                "the code of another sign-in of this browser",
                refused(),
                trial -> {
                    String other = trial.start().get("code");
                    trial.finish(trial.start().with("code", other));
                });
        row("code of another person", "Core 15.5.2", "the code of another browser", refused(), trial -> {
            String other = trial.otherBrowser().start().get("code");
            trial.finish(trial.start().with("code", other));
        });
        row("another browser's response", STATE, "the whole response of another browser", refused(), trial -> {
            Response other = trial.otherBrowser().start();
            trial.start();
            trial.finish(other);
        });
        row(
                "another browser's response, no sign-in begun",
                STATE,
                "the same without a sign-in of its own",
                refused(),
                trial -> trial.finish(trial.otherBrowser().start()));
        row(
                "at another provider's callback",
                "RFC 9700 4.4",
                "the right response at the callback of another provider",
                refused(),
                trial -> trial.visitor()
                        .get(trial.at("callback/" + Party.OTHER_PROVIDER + "?"
                                + trial.start().query())));
        row(
                "at another application",
                "ours",
                "the right response at the callback of another application",
                refused(),
                trial -> trial.visitor()
                        .get(URI.create(trial.at("callback/" + Party.PROVIDER)
                                        .toString()
                                        .replace("127.0.0.1", "localhost")
                                + "?" + trial.start().query())));
        row(
                "at a provider that does not exist",
                "ours",
                "the right response at an unknown callback",
                refused(),
                trial -> trial.visitor()
                        .get(trial.at("callback/unknown?" + trial.start().query())));
    }

    private void replayed() {
        row(
                "twice",
                "OAuth 4.1.2",
                "the right response a second time, in another browser with the same cookies",
                refused(),
                trial -> {
                    Response response = trial.start();
                    SignInTrial copy = trial.otherBrowser();
                    trial.visitor().cookies().all().forEach(copy.visitor().cookies()::put);
                    copy.finish(response);
                    trial.finish(response);
                });
        row(
                "after an unknown code",
                "OAuth 4.1.2",
                "the right response after one with an unknown code",
                refused(),
                trial -> {
                    Response response = trial.start();
                    String code = response.get("code");
                    trial.finish(response.with("code", "another"));
                    trial.finish(response.with("code", code));
                });
    }

    private void errors() {
        for (String error :
                List.of("access_denied", "server_error", "login_required", "temporarily_unavailable", "unknown")) {
            query(
                    "error " + error,
                    ERRORS,
                    "the error " + error,
                    refused(PROVIDER_ERROR),
                    r -> r.without("code").with("error", error).query());
        }
        query(
                "an error beside a code",
                ERRORS,
                "access_denied beside a right code",
                refused(PROVIDER_ERROR),
                r -> r.with("error", "access_denied").query());
        query(
                "an error of two lines",
                ERRORS,
                "a line break in the error",
                refused(PROVIDER_ERROR),
                r -> r.without("code").with("error", "a\nMCA00999").query());
        query(
                "error twice",
                "OAuth 3.1",
                "two errors",
                refused(MALFORMED),
                r -> r.without("code").query() + "&error=a&error=b");
        query(
                "an error with another state",
                STATE,
                "an error with a state that nobody has sent",
                refused(),
                r -> r.without("code")
                        .with("error", "access_denied")
                        .with("state", "AAAA")
                        .query());
    }

    private void otherFlows() {
        String clause = "Core 3.2.2.5";
        query(
                "tokens in the response",
                clause,
                "an ID token and an access token instead of a code",
                refused(),
                r -> r.without("code")
                        .with("id_token", "a.b.c")
                        .with("access_token", "a")
                        .query());
        query(
                "tokens beside a code",
                clause,
                "an ID token beside a right code",
                accepted("it is ignored: the one of the token endpoint counts"),
                r -> r.with("id_token", "a.b.c").query());
        query(
                "a JARM response",
                "JARM 2.3",
                "a JWT in the parameter response",
                refused(),
                r -> r.without("code").without("iss").with("response", "a.b.c").query());
        row(
                "in a fragment",
                "Response Types 3",
                "the response behind #, which does not reach the facade",
                refused(),
                trial -> trial.finish("#" + trial.start().query()));
        row(
                "a form",
                "Form Post 2",
                "the right response as a form",
                accepted("response_mode=form_post is allowed"),
                trial -> trial.visitor().post(trial.at("callback/" + Party.PROVIDER), form(trial.start())));
        row("a form and a query", "OAuth 3.1", "a form without code, and a query with one", refused(), trial -> {
            Response response = trial.start();
            String code = response.get("code");
            trial.visitor()
                    .post(trial.at("callback/" + Party.PROVIDER + "?code=" + code), form(response.without("code")));
        });
    }

    private static Map<String, String> form(Response response) {
        return io.github.multiclientauth.testbed.web.Parameters.ofQuery(URI.create("?" + response.query()));
    }
}
