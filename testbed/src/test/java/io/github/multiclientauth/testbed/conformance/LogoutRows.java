package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.accepted;
import static io.github.multiclientauth.testbed.conformance.Expected.refusedSilently;
import static io.github.multiclientauth.testbed.conformance.Keys.secret;
import static io.github.multiclientauth.testbed.conformance.Keys.signer;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Logout tokens of all kinds. Unless a row says otherwise, the person stays signed in. */
final class LogoutRows {

    private static final String STEPS = "Back-Channel Logout 2.6";
    private static final String CLAIMS = "Back-Channel Logout 2.4";
    private static final String REQUEST = "Back-Channel Logout 2.5";
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final List<Row<LogoutTrial>> rows = new ArrayList<>();

    private LogoutRows() {}

    private static Expected refused() {
        return Expected.refused("MCA00242");
    }

    private void row(String name, String clause, String change, Expected expected, BiConsumer<Jwt, LogoutTrial> act) {
        rows.add(new Row<>(
                name, clause, change, expected, trial -> trial.send(trial.token(token -> act.accept(token, trial)))));
    }

    private void claim(String name, String clause, String what, Expected expected, Object value) {
        row(
                "logout: " + name + " " + what,
                clause,
                name + " is " + what,
                expected,
                (token, trial) -> token.claim(name, value));
    }

    private void missing(String name, String clause) {
        row("logout: no " + name, clause, name + " is missing", refused(), (token, trial) -> token.claim(name, null));
    }

    private static long in(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    static List<Row<LogoutTrial>> all() {
        LogoutRows table = new LogoutRows();
        table.whoIsMeant();
        table.events();
        table.nonces();
        table.parties();
        table.times();
        table.ids();
        table.signatures();
        table.types();
        table.otherTokens();
        table.requests();
        return table.rows;
    }

    private void whoIsMeant() {
        row("right logout token", STEPS, "nothing", accepted("the session ends"), (token, t) -> {});
        row(
                "logout: sid alone",
                CLAIMS,
                "sub is missing",
                accepted("sid or sub is enough: the session ends"),
                (token, t) -> token.claim("sub", null));
        row(
                "logout: sub alone",
                CLAIMS,
                "sid is missing",
                accepted("sid or sub is enough: all sessions of the person end"),
                (token, t) -> token.claim("sid", null));
        row(
                "logout: neither sid nor sub",
                CLAIMS,
                "sid and sub are missing",
                refused(),
                (token, t) -> token.claim("sid", null).claim("sub", null));
        row(
                "logout: sid of another session",
                CLAIMS,
                "a sid that this application does not have",
                accepted("nobody has this session, so nobody is signed out"),
                (token, t) -> {
                    t.endsNothing();
                    token.claim("sid", "session-0");
                });
        row(
                "logout: sub of another person",
                CLAIMS,
                "another person's sub, no sid",
                accepted("only that person's sessions end"),
                (token, t) -> {
                    t.endsNothing();
                    token.claim("sid", null).claim("sub", "person-0");
                });
        claim("sid", CLAIMS, "empty", refused(), "");
        claim("sid", CLAIMS, "a number", refused(), 7);
        claim("sid", CLAIMS, "a list", refused(), List.of("session-1"));
        claim("sid", CLAIMS, "an object", refused(), Map.of("id", "session-1"));
        row(
                "logout: sub empty, no sid",
                CLAIMS,
                "sub is empty, sid is missing",
                refused(),
                (token, t) -> token.claim("sid", null).claim("sub", ""));
        claim("sub", CLAIMS, "a number", accepted("the sid says which session ends"), 7);
        row(
                "logout: sid twice",
                "JWT 4",
                "another sid, then the right one",
                refused(),
                (token, t) -> token.before("sid", "session-0"));
    }

    private void events() {
        missing("events", STEPS);
        claim("events", CLAIMS, "null", refused(), Jwt.NULL);
        claim("events", CLAIMS, "a text", refused(), EVENT);
        claim("events", CLAIMS, "a list", refused(), List.of(EVENT));
        claim("events", CLAIMS, "an empty object", refused(), Map.of());
        claim("events", CLAIMS, "another event", refused(), Map.of("https://other.example/event", Map.of()));
        claim("events", CLAIMS, "the event with a slash", refused(), Map.of(EVENT + "/", Map.of()));
        claim("events", CLAIMS, "the event with a text", refused(), Map.of(EVENT, "x"));
        claim("events", CLAIMS, "the event with a list", refused(), Map.of(EVENT, List.of()));
        claim("events", CLAIMS, "the event with null", refused(), Map.of(EVENT, Jwt.NULL));
        claim(
                "events",
                CLAIMS,
                "the event and another",
                accepted("events may have more members"),
                Map.of(EVENT, Map.of(), "https://other.example/event", Map.of()));
    }

    private void nonces() {
        claim("nonce", STEPS, "there", refused(), "nonce");
        claim("nonce", STEPS, "empty", refused(), "");
        claim("nonce", STEPS, "null", refused(), Jwt.NULL);
    }

    private void parties() {
        missing("iss", STEPS);
        claim("iss", STEPS, "another", refused(), "https://other.example");
        claim("iss", STEPS, "a number", refused(), 7);
        row(
                "logout: iss with a slash",
                STEPS,
                "a slash after the right iss",
                refused(),
                (token, t) -> token.claim("iss", token.claim("iss") + "/"));
        row(
                "logout: iss twice",
                "JWT 4",
                "another iss, then the right one",
                refused(),
                (token, t) -> token.before("iss", "https://other.example"));
        missing("aud", STEPS);
        claim("aud", STEPS, "another", refused(), "another");
        claim("aud", STEPS, "a number", refused(), 7);
        claim("aud", STEPS, "an empty list", refused(), List.of());
        claim("aud", STEPS, "a list with ours and another", refused(), List.of("conformance", "another"));
        row(
                "logout: aud is another application of ours",
                STEPS,
                "aud is another application of ours",
                accepted("a session ends for the application of the token alone"),
                (token, t) -> {
                    t.endsNothing();
                    token.claim("aud", "pushing");
                });
        row(
                "logout: aud twice",
                "JWT 4",
                "another aud, then the right one",
                refused(),
                (token, t) -> token.before("aud", "another"));
    }

    private void times() {
        missing("iat", STEPS);
        claim("iat", STEPS, "a text", refused(), "now");
        row(
                "logout: iat an hour ago",
                STEPS,
                "iat and exp an hour ago",
                refused(),
                (token, t) -> token.claim("iat", in(-3600)).claim("exp", in(-3480)));
        row(
                "logout: iat ten minutes ago",
                STEPS,
                "iat ten minutes ago, exp in two",
                refused(),
                (token, t) -> token.claim("iat", in(-600)));
        row(
                "logout: iat in an hour",
                STEPS,
                "iat in an hour",
                refused(),
                (token, t) -> token.claim("iat", in(3600)).claim("exp", in(3720)));
        row(
                "logout: iat in milliseconds",
                STEPS,
                "iat in milliseconds",
                refused(),
                (token, t) -> token.claim("iat", in(0) * 1000));
        missing("exp", CLAIMS);
        claim("exp", STEPS, "a text", refused(), "never");
        row(
                "logout: exp in the past",
                STEPS,
                "exp two minutes ago",
                refused(),
                (token, t) -> token.claim("exp", in(-120)));
        row(
                "logout: nbf in the future",
                "JWT 4.1.5",
                "nbf in an hour",
                refused(),
                (token, t) -> token.claim("nbf", in(3600)));
    }

    private void ids() {
        missing("jti", CLAIMS);
        claim("jti", CLAIMS, "empty", refused(), "");
        claim("jti", CLAIMS, "a number", refused(), 7);
        rows.add(new Row<>(
                "logout: replayed", STEPS, "the token of a session that has ended, again", refused(), trial -> {
                    String token =
                            trial.token(right -> right.claim("sid", "session-0").claim("sub", "person-0"));
                    trial.send(token);
                    trial.send(token);
                }));
        rows.add(new Row<>(
                "logout: a used jti", STEPS, "another token with the jti of one that was used", refused(), trial -> {
                    String id = "used-" + trial.session().sid();
                    trial.send(trial.token(right ->
                            right.claim("jti", id).claim("sid", "session-0").claim("sub", "person-0")));
                    trial.send(trial.token(right -> right.claim("jti", id)));
                }));
    }

    private void signatures() {
        row("logout: alg none", STEPS, "unsigned", refused(), (token, t) -> token.signedBy("none", Signer.NONE));
        row(
                "logout: HS256 with the key in DER",
                "JWT BCP 3.1",
                "HMAC with the public key in DER",
                refused(),
                (token, t) -> token.signedBy(
                        "HS256", Signer.hmac(256, Keys.encoded(t.provider().signingKey()))));
        row(
                "logout: HS256 with the JWK",
                "JWT BCP 3.1",
                "HMAC with the published JWK",
                refused(),
                (token, t) -> token.signedBy(
                        "HS256",
                        Signer.hmac(
                                256,
                                t.provider()
                                        .signingKey()
                                        .toPublicJWK()
                                        .toJSONString()
                                        .getBytes(UTF_8))));
        row(
                "logout: RS512",
                STEPS,
                "RS512 with the right key",
                refused(),
                (token, t) -> token.signedBy(
                        "RS512", Signer.rsa(512, secret(t.provider().signingKey()))));
        row(
                "logout: PS256",
                STEPS,
                "PS256 with the right key",
                refused(),
                (token, t) -> token.signedBy(
                        "PS256", Signer.pss(256, secret(t.provider().signingKey()))));
        row(
                "logout: ES256",
                STEPS,
                "ES256 with another key of the provider",
                refused(),
                (token, t) -> token.header("kid", "elliptic")
                        .signedBy(
                                "ES256",
                                Signer.ecdsa(256, secret(t.provider().keys().elliptic()))));
        row(
                "logout: another key",
                STEPS,
                "another key under the id of the right one",
                refused(),
                (token, t) -> token.signedBy(signer(t.provider().keys().attackers())));
        row("logout: an unknown key", STEPS, "a key that is not published", refused(), (token, t) -> {
            RSAKey attackers = t.provider().keys().attackers();
            token.header("kid", attackers.getKeyID()).signedBy(signer(attackers));
        });
        row("logout: jwk", "JWT BCP 3.10", "signed by the key in its header", refused(), (token, t) -> {
            RSAKey attackers = t.provider().keys().attackers();
            token.header("jwk", attackers.toPublicJWK().toJSONObject()).signedBy(signer(attackers));
        });
        row(
                "logout: jku",
                "JWT BCP 3.10",
                "signed by the key at its header jku",
                refused(),
                (token, t) -> token.header("jku", t.provider().elsewhere())
                        .signedBy(signer(t.provider().keys().attackers())));
        row(
                "logout: changed claims",
                STEPS,
                "changed after signing",
                refused(),
                (token, t) -> token.part(
                        1, text -> Jwt.encoded(SignatureRows.decoded(text).replaceFirst("\\}$", ",\"x\":1}"))));
        row(
                "logout: crit",
                "JWS 4.1.11",
                "crit names an unknown header",
                refused(),
                (token, t) -> token.header("crit", List.of("unknown")).header("unknown", true));
        row(
                "logout: b64 false",
                "RFC 7797 7",
                "b64 false and in crit",
                refused(),
                (token, t) -> token.header("b64", false).header("crit", List.of("b64")));
    }

    private void types() {
        String clause = CLAIMS + "; JWT BCP 3.11";
        for (String type : List.of("at+jwt", "dpop+jwt", "JOSE", "")) {
            row(
                    "logout: typ " + (type.isEmpty() ? "empty" : type),
                    clause,
                    "typ is another",
                    refused(),
                    (token, t) -> token.header("typ", type));
        }
        row(
                "logout: typ JWT",
                clause,
                "typ is JWT",
                accepted("the type logout+jwt is recommended, not required"),
                (token, t) -> token.header("typ", "JWT"));
        row(
                "logout: no typ",
                clause,
                "typ is missing",
                accepted("the type is recommended, not required"),
                (token, t) -> token.header("typ", null));
    }

    private void otherTokens() {
        row(
                "logout: an ID token",
                STEPS,
                "the person's ID token",
                refused(),
                (token, t) -> token.header("typ", "JWT")
                        .claim("events", null)
                        .claim("jti", null)
                        .claim("nonce", "the nonce"));
        rows.add(new Row<>("logout: no token", STEPS, "the word logout", refused(), trial -> trial.send("logout")));
        rows.add(new Row<>("logout: dots", STEPS, "two dots", refused(), trial -> trial.send("..")));
        rows.add(new Row<>(
                "logout: a JWE",
                STEPS,
                "an encrypted token",
                refused(),
                trial -> trial.send(Jwt.encoded("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..AAAA.AAAA.AAAA")));
        rows.add(new Row<>(
                "logout: a space after it",
                "JWS 7.1",
                "a space after the token",
                accepted("white space around it changes nothing that is signed"),
                trial -> trial.send(trial.token(right -> {}) + " ")));
        row(
                "logout: claims in a list",
                "JWT 7.2",
                "the claims are a list",
                refused(),
                (token, t) -> token.claimsText(json -> "[" + json + "]"));
        row(
                "logout: deep claims",
                "JWT 7.2",
                "10,000 lists in each other",
                refused(),
                (token, t) -> token.claimsText(
                        json -> "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "," + json.substring(1)));
    }

    private void requests() {
        rows.add(new Row<>(
                "logout: no parameter",
                REQUEST,
                "an empty form",
                refusedSilently(),
                trial -> trial.post("", FORM, "")));
        rows.add(new Row<>(
                "logout: empty parameter",
                REQUEST,
                "logout_token is empty",
                refusedSilently(),
                trial -> trial.post("", FORM, "logout_token=")));
        rows.add(
                new Row<>("logout: parameter twice", "OAuth 3.1", "the right token twice", refusedSilently(), trial -> {
                    String field = LogoutTrial.field(trial.token(right -> {}));
                    trial.post("", FORM, field + "&" + field);
                }));
        rows.add(new Row<>(
                "logout: in the query",
                REQUEST,
                "the right token in the query",
                refusedSilently(),
                trial -> trial.post("?" + LogoutTrial.field(trial.token(right -> {})), FORM, "")));
        rows.add(new Row<>(
                "logout: GET",
                REQUEST,
                "the right token with GET",
                refusedSilently(),
                trial -> trial.get("?" + LogoutTrial.field(trial.token(right -> {})))));
        rows.add(new Row<>(
                "logout: JSON",
                REQUEST,
                "the right token in JSON",
                refusedSilently(),
                trial -> trial.post(
                        "", "application/json", Jwt.json(Map.of("logout_token", trial.token(right -> {}))))));
        rows.add(new Row<>(
                "logout: text",
                REQUEST,
                "the right form as text/plain",
                refusedSilently(),
                trial -> trial.post("", "text/plain", LogoutTrial.field(trial.token(right -> {})))));
        rows.add(new Row<>(
                "logout: large",
                REQUEST,
                "a token of 1 MB",
                refusedSilently(),
                trial -> trial.send(trial.token(right -> right.claim("x", "x".repeat(1 << 20))))));
        rows.add(new Row<>(
                "logout: keys unreadable",
                STEPS,
                "a new key, and the provider's keys cannot be read",
                refused(),
                trial -> {
                    // A stranger's token makes the facade read the keys once a second.
                    Thread.sleep(1100);
                    trial.conduct().keys(right -> Reply.of(503, "text/html", ""));
                    trial.send(trial.token(right -> right.header("kid", "new")));
                }));
    }
}
