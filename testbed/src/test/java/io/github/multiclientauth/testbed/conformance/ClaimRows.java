package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.accepted;
import static io.github.multiclientauth.testbed.conformance.Expected.refused;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** ID tokens that are signed well and say something wrong. */
final class ClaimRows {

    private static final String STEP_2 = "Core 3.1.3.7, step 2";
    private static final String STEP_3 = "Core 3.1.3.7, step 3";
    private static final String STEP_5 = "Core 3.1.3.7, step 5";
    private static final String STEP_9 = "Core 3.1.3.7, step 9";
    private static final String STEP_10 = "Core 3.1.3.7, step 10";
    private static final String STEP_11 = "Core 3.1.3.7, step 11";
    private static final String NBF = "JWT 4.1.5";
    private static final String OURS = "ours";
    private static final String DOUBLED = "JWT 4";
    private static final String CLIENT = "conformance";

    private final List<Row<SignInTrial>> rows = new ArrayList<>();

    private ClaimRows() {}

    /** Changes a right token. */
    @FunctionalInterface
    private interface Change {
        void of(Jwt token, SignInTrial trial);
    }

    private void row(String name, String clause, String change, Expected expected, Change act) {
        rows.add(new Row<>(name, clause, change, expected, trial -> {
            trial.conduct().idToken(token -> act.of(token, trial));
            trial.signIn();
        }));
    }

    /** One claim has another value. */
    private void claim(String name, String clause, String what, Expected expected, Object value) {
        row(name + " " + what, clause, name + " is " + what, expected, (token, trial) -> token.claim(name, value));
    }

    private void missing(String name, String clause, Expected expected) {
        row("no " + name, clause, name + " is missing", expected, (token, trial) -> token.claim(name, null));
    }

    /** A text claim with values that are no text. */
    private void otherTypes(String name, String clause) {
        claim(name, clause, "null", refused(), Jwt.NULL);
        claim(name, clause, "a number", refused(), 7);
        claim(name, clause, "an object", refused(), Map.of("value", "x"));
        row(
                name + " in a list",
                clause,
                name + " is a list with the right value",
                refused(),
                (token, trial) -> token.claim(name, List.of(token.claim(name))));
    }

    private void doubled(String name, Object wrong) {
        row(
                name + " twice, wrong first",
                DOUBLED,
                "another " + name + ", then the right one",
                refused(),
                (token, t) -> token.before(name, wrong));
        row(
                name + " twice, wrong last",
                DOUBLED,
                "the right " + name + ", then another",
                refused(),
                (token, t) -> token.after(name, wrong));
    }

    private static long in(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    static List<Row<SignInTrial>> all() {
        ClaimRows table = new ClaimRows();
        table.issuer();
        table.subject();
        table.audience();
        table.authorizedParty();
        table.expiry();
        table.issueTime();
        table.notBefore();
        table.nonce();
        table.sessionId();
        table.clientOrigin();
        table.clientId();
        table.provider();
        table.authentication();
        table.hashes();
        table.payloads();
        return table.rows;
    }

    private void issuer() {
        missing("iss", STEP_2, refused());
        otherTypes("iss", STEP_2);
        claim("iss", STEP_2, "empty", refused(), "");
        claim("iss", STEP_2, "another", refused(), "https://other.example/realms/conformance");
        issuer("iss with a slash", "a slash at the end", iss -> iss + "/");
        issuer("iss of another realm", "that of another realm", iss -> iss.replace("conformance", "other"));
        issuer("iss begins with ours", "ours with something after it", iss -> iss + ".other.example");
        issuer("iss in upper case", "ours in upper case", iss -> iss.toUpperCase(Locale.ROOT));
        issuer("iss with https", "ours with another scheme", iss -> iss.replace("http:", "https:"));
        issuer("iss at another port", "ours without the port", iss -> iss.replaceFirst(":\\d+", ""));
        issuer("iss with a space", "ours with a space after it", iss -> iss + " ");
        issuer("iss with a query", "ours with a query", iss -> iss + "?x=1");
        issuer("iss of localhost", "another name of the same host", iss -> iss.replace("127.0.0.1", "localhost"));
        doubled("iss", "https://other.example");
    }

    private void issuer(String name, String change, UnaryOperator<String> act) {
        row(
                name,
                STEP_2,
                "iss is " + change,
                refused(),
                (token, trial) -> token.claim("iss", act.apply((String) token.claim("iss"))));
    }

    private void subject() {
        String clause = "Core 2, sub";
        missing("sub", clause, refused());
        otherTypes("sub", clause);
        claim("sub", clause, "empty", refused(), "");
        claim("sub", clause, "blank", refused(), "  ");
        claim("sub", clause, "10 KB", refused(), "s".repeat(10_000));
        claim("sub", clause, "two lines", refused(), "a\nb");
        claim("sub", clause, "text with a NUL", refused(), "a\u0000b");
        row(
                "sub half of a surrogate pair",
                clause,
                "sub is half of a surrogate pair",
                refused(),
                (token, t) -> token.claim("sub", "HALF").claimsText(json -> json.replace("HALF", "a\\ud800b")));
        claim("sub", "Core 5.3.2", "another person's than that of the session", refused(), "person-0");
        doubled("sub", "person-0");
    }

    private void audience() {
        missing("aud", STEP_3, refused());
        claim("aud", STEP_3, "null", refused(), Jwt.NULL);
        claim("aud", STEP_3, "a number", refused(), 7);
        claim("aud", STEP_3, "an object", refused(), Map.of(CLIENT, true));
        claim("aud", STEP_3, "empty", refused(), "");
        claim("aud", STEP_3, "an empty list", refused(), List.of());
        claim("aud", STEP_3, "another", refused(), "another");
        claim("aud", STEP_3, "another application of ours", refused(), "pushing");
        claim("aud", STEP_3, "a list of others", refused(), List.of("one", "two"));
        claim("aud", STEP_3, "in another case", refused(), "Conformance");
        claim("aud", STEP_3, "with a space after it", refused(), CLIENT + " ");
        claim("aud", STEP_3, "two names in one text", refused(), CLIENT + " another");
        claim("aud", STEP_3, "a list of numbers", refused(), List.of(7));
        claim("aud", STEP_3, "a list in a list", refused(), List.of(List.of(CLIENT)));
        claim("aud", "Core 2, aud", "a list with ours alone", accepted("aud may be a list"), List.of(CLIENT));
        row(
                "another audience, no azp",
                STEP_3,
                "aud has another client, and no azp says for whom",
                refused(),
                (token, t) -> token.claim("aud", List.of(CLIENT, "another")).claim("azp", null));
        row(
                "another audience, azp is ours",
                STEP_3,
                "aud has another client, azp is ours",
                accepted("Keycloak's audience mappers add APIs to aud. azp says for whom the token was issued"),
                (token, t) -> token.claim("aud", List.of(CLIENT, "another")));
        row(
                "another audience, azp is another",
                STEP_5,
                "aud has another client, azp is that one",
                refused(),
                (token, t) -> token.claim("aud", List.of(CLIENT, "another")).claim("azp", "another"));
        doubled("aud", "another");
    }

    private void authorizedParty() {
        claim("azp", STEP_5, "another", refused(), "another");
        claim("azp", STEP_5, "another application of ours", refused(), "pushing");
        claim("azp", STEP_5, "empty", refused(), "");
        claim("azp", STEP_5, "a number", refused(), 7);
        claim("azp", STEP_5, "a list with ours", refused(), List.of(CLIENT));
        claim("azp", STEP_5, "an object", refused(), Map.of(CLIENT, true));
        claim("azp", STEP_5, "in another case", refused(), "Conformance");
        row(
                "no azp",
                "Core 2, azp",
                "azp is missing, aud is ours alone",
                accepted("azp is optional"),
                (token, t) -> token.claim("azp", null));
        doubled("azp", "another");
    }

    private void expiry() {
        missing("exp", STEP_9, refused());
        claim("exp", STEP_9, "null", refused(), Jwt.NULL);
        claim("exp", STEP_9, "a text", refused(), "never");
        claim("exp", STEP_9, "a number in a text", refused(), Long.toString(in(300)));
        claim("exp", STEP_9, "a list", refused(), List.of(in(300)));
        claim("exp", STEP_9, "an object", refused(), Map.of("at", in(300)));
        claim("exp", STEP_9, "true", refused(), true);
        claim("exp", STEP_9, "zero", refused(), 0);
        claim("exp", STEP_9, "negative", refused(), -1);
        claim("exp", STEP_9, "more than a number can be", refused(), new BigDecimal("1e400"));
        row("exp an hour ago", STEP_9, "exp an hour ago", refused(), (token, t) -> token.claim("exp", in(-3600)));
        row(
                "exp two minutes ago",
                STEP_9,
                "exp two minutes ago",
                refused(),
                (token, t) -> token.claim("exp", in(-120)));
        row(
                "exp in text of ISO 8601",
                STEP_9,
                "exp is 2099-01-01T00:00:00Z",
                refused(),
                (token, t) -> token.claim("exp", "2099-01-01T00:00:00Z"));
        row(
                "exp 30 seconds ago",
                STEP_9,
                "exp 30 seconds ago",
                accepted("a minute of clock skew is allowed"),
                (token, t) -> token.claim("exp", in(-30)));
        row(
                "exp in a thousand years",
                STEP_9,
                "exp in a thousand years",
                accepted("the session does not last longer for it: Keycloak says how long it lasts"),
                (token, t) -> token.claim("exp", in(31_536_000_000L)));
        row(
                "exp twice, past last",
                DOUBLED,
                "the right exp, then one an hour ago",
                refused(),
                (token, t) -> token.after("exp", in(-3600)));
        row(
                "exp twice, past first",
                DOUBLED,
                "exp an hour ago, then the right one",
                refused(),
                (token, t) -> token.before("exp", in(-3600)));
    }

    private void issueTime() {
        missing("iat", "Core 2, iat", refused());
        claim("iat", "Core 2, iat", "null", refused(), Jwt.NULL);
        claim("iat", "Core 2, iat", "a text", refused(), "now");
        claim("iat", "Core 2, iat", "a list", refused(), List.of(1));
        claim("iat", "Core 2, iat", "true", refused(), true);
        row(
                "iat in an hour",
                STEP_10,
                "iat in an hour",
                refused(),
                (token, t) -> token.claim("iat", in(3600)).claim("exp", in(7200)));
        row("iat in two minutes", STEP_10, "iat in two minutes", refused(), (token, t) -> token.claim("iat", in(120)));
        row(
                "iat in milliseconds",
                "JWT 2, NumericDate",
                "iat in milliseconds",
                refused(),
                (token, t) -> token.claim("iat", in(0) * 1000));
        row(
                "iat in 30 seconds",
                STEP_10,
                "iat in 30 seconds",
                accepted("a minute of clock skew is allowed"),
                (token, t) -> token.claim("iat", in(30)));
        row(
                "iat an hour ago",
                STEP_10,
                "iat an hour ago, exp in five minutes",
                accepted("the nonce says that it belongs to this sign-in, so its age does not matter"),
                (token, t) -> token.claim("iat", in(-3600)));
        row(
                "iat twice",
                DOUBLED,
                "the right iat, then one in an hour",
                refused(),
                (token, t) -> token.after("iat", in(3600)));
    }

    private void notBefore() {
        row("nbf in an hour", NBF, "nbf in an hour", refused(), (token, t) -> token.claim("nbf", in(3600)));
        row("nbf in two minutes", NBF, "nbf in two minutes", refused(), (token, t) -> token.claim("nbf", in(120)));
        claim("nbf", NBF, "a text", refused(), "now");
        claim("nbf", NBF, "a list", refused(), List.of(1));
        row(
                "nbf in 30 seconds",
                NBF,
                "nbf in 30 seconds",
                accepted("a minute of clock skew is allowed"),
                (token, t) -> token.claim("nbf", in(30)));
        row(
                "nbf in the past",
                NBF,
                "nbf a minute ago",
                accepted("it is after that time"),
                (token, t) -> token.claim("nbf", in(-60)));
    }

    private void nonce() {
        missing("nonce", STEP_11, refused());
        otherTypes("nonce", STEP_11);
        claim("nonce", STEP_11, "empty", refused(), "");
        claim("nonce", STEP_11, "another", refused(), "another");
        row(
                "nonce in another case",
                STEP_11,
                "the right nonce in upper case",
                refused(),
                (token, t) -> token.claim("nonce", swapped((String) token.claim("nonce"))));
        row(
                "nonce cut off",
                STEP_11,
                "the right nonce without its last character",
                refused(),
                (token, t) ->
                        token.claim("nonce", token.claim("nonce").toString().replaceFirst(".$", "")));
        row(
                "nonce with a space",
                STEP_11,
                "the right nonce and a space",
                refused(),
                (token, t) -> token.claim("nonce", token.claim("nonce") + " "));
        rows.add(new Row<>(
                "nonce of another sign-in",
                STEP_11,
                "the nonce of another sign-in of this browser",
                refused(),
                trial -> {
                    String former = trial.provider()
                            .authorized(trial.start().get("code"))
                            .nonce();
                    trial.conduct().idToken(token -> token.claim("nonce", former));
                    trial.signIn();
                }));
        doubled("nonce", "another");
    }

    private static String swapped(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
    }

    private void sessionId() {
        String clause = OURS + "; Back-Channel Logout 2.1";
        missing("sid", clause, refused());
        otherTypes("sid", clause);
        claim("sid", clause, "empty", refused(), "");
        claim("sid", clause, "blank", refused(), " ");
        claim("sid", clause, "text with a NUL", refused(), "a\u0000b");
        claim("sid", clause, "101 characters", refused(), "s".repeat(101));
        claim("sid", clause, "10 KB", refused(), "s".repeat(10_000));
        claim("sid", clause, "that of no session", refused(), "session-0");
        doubled("sid", "session-0");
    }

    private void clientOrigin() {
        String clause = OURS;
        missing("clientOrigin", clause, refused());
        otherTypes("clientOrigin", clause);
        claim("clientOrigin", clause, "empty", refused(), "");
        claim("clientOrigin", clause, "another", refused(), "https://other.example");
        claim("clientOrigin", clause, "no address", refused(), "conformance");
        claim("clientOrigin", clause, "a pattern", refused(), "*");
        row(
                "clientOrigin of another application",
                clause,
                "the origin of another application of ours",
                refused(),
                (token, t) -> token.claim(
                        "clientOrigin", ((String) token.claim("clientOrigin")).replace("127.0.0.1", "localhost")));
        row(
                "the other clientOrigin of this application",
                clause,
                "the other origin of this application",
                refused(),
                (token, t) ->
                        token.claim("clientOrigin", t.party().origins().get(1).toString()));
        row(
                "clientOrigin at another port",
                clause,
                "the right host, another port",
                refused(),
                (token, t) -> token.claim(
                        "clientOrigin", ((String) token.claim("clientOrigin")).replaceFirst(":\\d+$", ":1")));
        row(
                "clientOrigin with https",
                clause,
                "the right host, another scheme",
                refused(),
                (token, t) ->
                        token.claim("clientOrigin", ((String) token.claim("clientOrigin")).replace("http:", "https:")));
        row(
                "clientOrigin with a path",
                clause,
                "the right origin with a path",
                refused(),
                (token, t) -> token.claim("clientOrigin", token.claim("clientOrigin") + "/path"));
        row(
                "clientOrigin with a user",
                clause,
                "the right origin behind another host and @",
                refused(),
                (token, t) -> token.claim(
                        "clientOrigin", ((String) token.claim("clientOrigin")).replace("//", "//other.example@")));
        doubled("clientOrigin", "https://other.example");
    }

    private void clientId() {
        String clause = OURS;
        claim("clientId", clause, "another", refused(), "another");
        claim("clientId", clause, "another application of ours", refused(), "pushing");
        claim("clientId", clause, "empty", refused(), "");
        claim("clientId", clause, "a number", refused(), 7);
        claim("clientId", clause, "a list with ours", refused(), List.of(CLIENT));
        row(
                "no clientId",
                clause,
                "clientId is missing",
                accepted("aud and azp name the client as well"),
                (token, t) -> token.claim("clientId", null));
        doubled("clientId", "another");
    }

    private void provider() {
        claim("provider", OURS, "a number", refused(), 7);
        claim("provider", OURS, "empty", refused(), "");
        claim("provider", OURS, "10 KB", refused(), "p".repeat(10_000));
        claim("provider", OURS, "two lines", refused(), "a\nb");
        row(
                "no provider",
                OURS,
                "provider is missing",
                accepted("not everybody signs in with an identity provider"),
                (token, t) -> token.claim("provider", null));
    }

    /** What was not demanded does not matter. */
    private void authentication() {
        claim("acr", "Core 3.1.3.7, step 12", "one that was not demanded", accepted("no acr was demanded"), "0");
        claim("auth_time", "Core 3.1.3.7, step 13", "a year ago", accepted("no max_age was demanded"), in(-31_536_000));
    }

    private void hashes() {
        String why = "the access token is thrown away, so what belongs to it does not matter";
        claim("at_hash", "Core 3.1.3.8", "that of another access token", accepted(why), "AAAAAAAAAAAAAAAAAAAAAA");
        claim(
                "c_hash",
                "Core 3.3.2.11",
                "that of another code",
                accepted("the code flow has none"),
                "AAAAAAAAAAAAAAAAAAAAAA");
    }

    private void payloads() {
        String clause = "JWT 7.2, step 10";
        payload("the claims are a list", clause, "a list with the claims", json -> "[" + json + "]");
        payload("the claims are a text", clause, "a text", json -> "\"claims\"");
        payload("no claims", clause, "nothing between the dots", json -> "");
        payload("the claims are no JSON", clause, "the word claims", json -> "claims");
        payload("the claims are null", clause, "null", json -> "null");
        payload("text after the claims", clause, "a second object after the claims", json -> json + "{}");
        payload("a comment in the claims", clause, "a comment, which JSON does not have", json -> "/* */" + json);
        payload("single quotes", clause, "single quotes, which JSON does not have", json -> json.replace('"', '\''));
        payload("names without quotes", clause, "a name without quotes", json -> json.replace("\"sid\"", "sid"));
        payload("NaN", clause, "exp is NaN", json -> json.replaceFirst("\"exp\":\\d+", "\"exp\":NaN"));
        payload("claims cut off", clause, "the last bracket is missing", json -> json.substring(0, json.length() - 1));
        payload(
                "deep claims",
                clause,
                "10,000 lists in each other",
                json -> "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "," + json.substring(1));
        row(
                "a BOM before the claims",
                "JSON 8.1",
                "a byte order mark",
                accepted("a parser may ignore it"),
                (token, trial) -> token.claimsText(json -> "\ufeff" + json));
        payload("a trailing comma", clause, "a comma after the last claim", json -> json.replaceFirst("}$", ",}"));
    }

    private void payload(String name, String clause, String change, UnaryOperator<String> act) {
        row(name, clause, change, refused(), (token, trial) -> token.claimsText(act));
    }
}
