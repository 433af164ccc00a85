package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.accepted;
import static io.github.multiclientauth.testbed.conformance.Expected.refused;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.multiclientauth.testbed.conformance.Reply.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Wrong answers of the token endpoint. */
final class TokenAnswerRows {

    private static final String SUCCESS = "OAuth 5.1";
    private static final String ERROR = "OAuth 5.2";
    private static final String CORE = "Core 3.1.3.3";
    private static final String JSON = "application/json";
    private static final String HTTP = "HTTP";

    /** It is packed for each answer, and the facade waits two seconds for one. */
    private static final int BOMB = 8 << 20;

    private final List<Row<SignInTrial>> rows = new ArrayList<>();

    private TokenAnswerRows() {}

    private void answer(String name, String clause, String change, Expected expected, Function<String, Reply> act) {
        rows.add(new Row<>(name, clause, change, expected, trial -> {
            trial.conduct().tokenAnswer(act);
            trial.signIn();
        }));
    }

    private void members(
            String name, String clause, String change, Expected expected, Consumer<Map<String, Object>> act) {
        rows.add(new Row<>(name, clause, change, expected, trial -> {
            trial.conduct().tokenMembers(act);
            trial.signIn();
        }));
    }

    private void text(String name, String clause, String change, Expected expected, UnaryOperator<String> act) {
        answer(name, clause, change, expected, body -> Reply.json(act.apply(body)));
    }

    static List<Row<SignInTrial>> all() {
        TokenAnswerRows table = new TokenAnswerRows();
        table.idTokens();
        table.accessTokens();
        table.documents();
        table.contentTypes();
        table.statuses();
        table.errors();
        table.redirects();
        table.sizes();
        table.delivery();
        return table.rows;
    }

    private void idTokens() {
        members("no id_token", CORE, "no id_token", refused(), m -> m.remove("id_token"));
        members("id_token null", CORE, "id_token is null", refused(), m -> m.put("id_token", Jwt.NULL));
        members("id_token empty", CORE, "id_token is empty", refused(), m -> m.put("id_token", ""));
        members("id_token is a number", CORE, "id_token is 7", refused(), m -> m.put("id_token", 7));
        members("id_token is an object", CORE, "id_token is an object", refused(), m -> m.put("id_token", Map.of()));
        members(
                "id_token in a list",
                CORE,
                "id_token is a list",
                refused(),
                m -> m.put("id_token", List.of(m.get("id_token"))));
        members(
                "the id_token is called access_token",
                CORE,
                "the ID token as access token alone",
                refused(),
                m -> m.put("access_token", m.remove("id_token")));
        text(
                "id_token twice, wrong first",
                "JSON 4",
                "a wrong id_token, then the right one",
                refused(),
                json -> "{\"id_token\":\"a.b.c\"," + json.substring(1));
        text(
                "id_token twice, wrong last",
                "JSON 4",
                "the right id_token, then a wrong one",
                refused(),
                json -> json.replaceFirst("}$", ",\"id_token\":\"a.b.c\"}"));
        text(
                "the same id_token twice",
                "JSON 4",
                "the right id_token twice",
                refused(),
                json -> json.replaceFirst("}$", "," + json.replaceFirst(".*(\"id_token\":\"[^\"]*\").*", "$1") + "}"));
    }

    private void accessTokens() {
        members("no access_token", SUCCESS, "no access_token", refused(), m -> m.remove("access_token"));
        members("access_token null", SUCCESS, "access_token is null", refused(), m -> m.put("access_token", Jwt.NULL));
        members("access_token empty", SUCCESS, "access_token is empty", refused(), m -> m.put("access_token", ""));
        members("access_token is a number", SUCCESS, "access_token is 7", refused(), m -> m.put("access_token", 7));
        text(
                "access_token twice",
                "JSON 4",
                "two access tokens",
                refused(),
                json -> json.replaceFirst("}$", ",\"access_token\":\"another\"}"));
        members("no token_type", SUCCESS, "no token_type", refused(), m -> m.remove("token_type"));
        members("token_type null", SUCCESS, "token_type is null", refused(), m -> m.put("token_type", Jwt.NULL));
        members("token_type empty", SUCCESS, "token_type is empty", refused(), m -> m.put("token_type", ""));
        members("token_type is a number", SUCCESS, "token_type is 7", refused(), m -> m.put("token_type", 7));
        members("token_type mac", "OAuth 7.1", "token_type is mac", refused(), m -> m.put("token_type", "mac"));
        members(
                "token_type N_A",
                "RFC 8693 2.2.1",
                "token_type is N_A",
                accepted("the access token is thrown away"),
                m -> m.put("token_type", "N_A"));
        text(
                "token_type twice",
                "JSON 4",
                "Bearer, then mac",
                refused(),
                json -> json.replaceFirst("}$", ",\"token_type\":\"mac\"}"));
        members(
                "token_type in upper case",
                SUCCESS,
                "token_type is BEARER",
                accepted("its case does not matter"),
                m -> m.put("token_type", "BEARER"));
        members(
                "token_type DPoP",
                "RFC 9449 5",
                "token_type is DPoP; no proof was sent",
                accepted("the access token is thrown away"),
                m -> m.put("token_type", "DPoP"));
        members(
                "no expires_in",
                SUCCESS,
                "no expires_in",
                accepted("it is optional, and the access token is thrown away"),
                m -> m.remove("expires_in"));
        members("expires_in is text", SUCCESS, "expires_in is soon", refused(), m -> m.put("expires_in", "soon"));
        members("expires_in negative", SUCCESS, "expires_in is -1", refused(), m -> m.put("expires_in", -1));
        members(
                "no refresh_token",
                SUCCESS,
                "no refresh_token",
                accepted("it is optional, and thrown away"),
                m -> m.remove("refresh_token"));
        members("refresh_token empty", SUCCESS, "refresh_token is empty", refused(), m -> m.put("refresh_token", ""));
        members("refresh_token is a number", SUCCESS, "refresh_token is 7", refused(), m -> m.put("refresh_token", 7));
        members("scope is a number", SUCCESS, "scope is 7", refused(), m -> m.put("scope", 7));
        members(
                "an unknown member",
                SUCCESS,
                "a member more",
                accepted("unknown members must be ignored"),
                m -> m.put("unknown", Map.of("x", 1)));
    }

    private void documents() {
        text("a list", SUCCESS, "a list with the answer", refused(), json -> "[" + json + "]");
        text("a text", SUCCESS, "a text in quotes", refused(), json -> "\"tokens\"");
        text("a number", SUCCESS, "7", refused(), json -> "7");
        text("null", SUCCESS, "null", refused(), json -> "null");
        text("an empty object", SUCCESS, "an empty object", refused(), json -> "{}");
        text("nothing", SUCCESS, "an empty body", refused(), json -> "");
        text("no JSON", SUCCESS, "the word tokens", refused(), json -> "tokens");
        text("a form", SUCCESS, "a form instead of JSON", refused(), json -> "access_token=a&token_type=Bearer");
        text("two documents", SUCCESS, "a second object after the answer", refused(), json -> json + "{}");
        text("text after the document", SUCCESS, "a word after the answer", refused(), json -> json + "x");
        text(
                "a cut off document",
                SUCCESS,
                "the last bracket is missing",
                refused(),
                json -> json.substring(0, json.length() - 1));
        text("a comment", SUCCESS, "a comment, which JSON does not have", refused(), json -> "/**/" + json);
        text(
                "single quotes",
                SUCCESS,
                "single quotes, which JSON does not have",
                refused(),
                json -> json.replace('"', '\''));
        text(
                "a trailing comma",
                SUCCESS,
                "a comma after the last member",
                refused(),
                json -> json.replaceFirst("}$", ",}"));
        text(
                "depth",
                "JSON 9",
                "100,000 lists in each other",
                refused(),
                json -> "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "," + json.substring(1));
        text("a BOM", "JSON 8.1", "a byte order mark before the answer", refused(), json -> "\ufeff" + json);
        answer(
                "UTF-16",
                "JSON 8.1",
                "the answer in UTF-16",
                refused(),
                body -> Reply.json(body).bytes(body.getBytes(UTF_16)));
        answer(
                "broken UTF-8",
                "JSON 8.1",
                "a byte in a name that UTF-8 does not have",
                accepted("it is in a member that the facade does not read"),
                body -> {
                    byte[] bytes = body.replaceFirst("}$", ",\"x\":\"?\"}").getBytes(UTF_8);
                    bytes[bytes.length - 3] = (byte) 0xff;
                    return Reply.json(body).bytes(bytes);
                });
    }

    private void contentTypes() {
        for (String type : List.of("text/html", "text/plain", "application/jwt", "application/jsonp", "*/*", "json")) {
            answer(
                    "Content-Type " + type,
                    SUCCESS,
                    "Content-Type is " + type,
                    refused(),
                    body -> Reply.of(200, type, body));
        }
        answer(
                "no Content-Type",
                SUCCESS,
                "no Content-Type",
                refused(),
                body -> Reply.json(body).withoutHeaders());
        answer(
                "two Content-Types",
                HTTP + " 8.3",
                "text/html, then application/json",
                refused(),
                body -> Reply.of(200, "text/html", body).with("Content-Type", JSON));
        answer(
                "Content-Type with charset",
                SUCCESS,
                "application/json;charset=UTF-8",
                accepted("JSON has no charset, so it says nothing"),
                body -> Reply.of(200, JSON + ";charset=UTF-8", body));
    }

    private void statuses() {
        for (int status : List.of(201, 202, 206)) {
            answer(
                    "status " + status,
                    SUCCESS,
                    "the right answer with status " + status,
                    refused(),
                    body -> Reply.of(status, JSON, body));
        }
        answer("status 204", SUCCESS, "no content", refused(), body -> Reply.of(204, JSON, ""));
        for (int status : List.of(400, 401, 403, 404, 429, 500, 503)) {
            answer(
                    "tokens with status " + status,
                    ERROR,
                    "the right answer with status " + status,
                    refused(),
                    body -> Reply.of(status, JSON, body));
        }
        answer(
                "an error with status 200",
                ERROR,
                "an error with status 200",
                refused(),
                body -> Reply.json("{\"error\":\"invalid_grant\"}"));
        answer(
                "an error beside tokens",
                ERROR,
                "an error beside the tokens, status 400",
                refused(),
                body -> Reply.of(400, JSON, "{\"error\":\"invalid_grant\"," + body.substring(1)));
    }

    private void errors() {
        for (String error :
                List.of("invalid_grant", "invalid_client", "unauthorized_client", "server_error", "slow_down")) {
            answer(
                    "error " + error,
                    ERROR,
                    "the error " + error,
                    refused(),
                    body -> Reply.of(400, JSON, "{\"error\":\"" + error + "\"}"));
        }
        answer(
                "an error without a code",
                ERROR,
                "an empty object, status 400",
                refused(),
                body -> Reply.of(400, JSON, "{}"));
        answer(
                "an error page",
                ERROR,
                "HTML with status 502",
                refused(),
                body -> Reply.of(502, "text/html", "<h1>Bad Gateway</h1>"));
        answer(
                "an error of two lines",
                ERROR,
                "a line break in the code",
                refused(),
                body -> Reply.of(400, JSON, "{\"error\":\"invalid\\nMCA00999\"}"));
        answer(
                "an error that is an object",
                ERROR,
                "the code is an object",
                refused(),
                body -> Reply.of(400, JSON, "{\"error\":{\"code\":\"invalid_grant\"}}"));
    }

    private void redirects() {
        for (int status : List.of(301, 302, 303, 307, 308)) {
            rows.add(new Row<>(
                    "redirect " + status,
                    SUCCESS,
                    "a redirect with status " + status + ", which nobody follows",
                    refused(),
                    trial -> {
                        trial.conduct()
                                .tokenAnswer(body -> Reply.of(status, JSON, body)
                                        .with("Location", trial.provider().elsewhere()));
                        trial.signIn();
                    }));
        }
    }

    private void sizes() {
        text("2 MB", HTTP, "2 MB of white space after the answer", refused(), json -> json + " ".repeat(2 << 20));
        members(
                "a large token",
                HTTP,
                "an access token of 2 MB",
                refused(),
                m -> m.put("access_token", "a".repeat(2 << 20)));
        answer(
                "a packed bomb",
                HTTP,
                "8 MB, packed to 8 KB",
                refused(),
                body -> Reply.json(body).with("Content-Encoding", "gzip").bytes(packed(body + " ".repeat(BOMB))));
        answer(
                "packed",
                HTTP + " 8.4",
                "packed with gzip",
                accepted("it is unpacked up to the same limit"),
                body -> Reply.json(body).with("Content-Encoding", "gzip").bytes(packed(body)));
        answer(
                "packed twice",
                HTTP + " 8.4",
                "packed with gzip, twice",
                refused(),
                body -> Reply.json(body).with("Content-Encoding", "gzip, gzip").bytes(packed(body)));
        answer(
                "packed with deflate",
                HTTP + " 8.4",
                "packed with deflate",
                refused(),
                body -> Reply.json(body).with("Content-Encoding", "deflate").bytes(deflated(body)));
        answer(
                "an unknown coding",
                HTTP + " 8.4",
                "Content-Encoding is br",
                refused(),
                body -> Reply.json(body).with("Content-Encoding", "br"));
        answer(
                "not packed as it says",
                HTTP + " 8.4",
                "Content-Encoding says gzip, and it is not",
                refused(),
                body -> Reply.json(body).with("Content-Encoding", "gzip"));
        answer(
                "large headers",
                HTTP,
                "a header of 500 KB",
                refused(),
                body -> Reply.json(body).with("X-Filler", "x".repeat(500_000)));
    }

    private void delivery() {
        answer(
                "no end",
                HTTP,
                "the answer, then white space without end",
                refused(),
                body -> Reply.json(body).sent(Delivery.ENDLESS));
        answer(
                "a drip",
                HTTP,
                "the answer, then a space every 20 ms",
                refused(),
                body -> Reply.json(body).sent(Delivery.DRIP));
        answer(
                "cut off",
                HTTP + " 8",
                "the connection ends before the promised length",
                refused(),
                body -> Reply.json(body).sent(Delivery.CUT));
        answer("no answer", HTTP, "the connection is closed without an answer", refused(), body -> Reply.nothing());
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflated(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
