package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Wrong metadata. A facade that has read right metadata once keeps it, so each row is tried on a facade that has never had any.
 */
final class MetadataRows {

    /** The message about the list of changes. */
    private static final String LOG_ID = "MCA00235";

    private static final String CLAUSE = "Discovery 4.3";
    private static final String FIELDS = "Discovery 3";

    private final List<Row<Preparation>> rows = new ArrayList<>();

    private MetadataRows() {}

    /** Takes what the provider answers instead of the right metadata, whose members it gets. */
    @FunctionalInterface
    interface Preparation {
        void answer(Function<Map<String, Object>, Reply> answer);
    }

    private void answer(String name, String clause, String change, Function<Map<String, Object>, Reply> act) {
        rows.add(new Row<>(name, clause, change, refused(LOG_ID), preparation -> preparation.answer(act)));
    }

    private void members(String name, String clause, String change, Consumer<Map<String, Object>> act) {
        answer(name, clause, change, members -> {
            act.accept(members);
            return Reply.json(Jwt.json(members));
        });
    }

    /** Those that are tried with an issuer whose address begins with http. */
    static List<Row<Preparation>> plain() {
        MetadataRows table = new MetadataRows();
        table.issuers();
        table.documents();
        table.endpoints();
        return table.rows;
    }

    /** Those that are tried with an issuer whose address begins with https. */
    static List<Row<Preparation>> secure() {
        MetadataRows table = new MetadataRows();
        for (String endpoint : List.of(
                "authorization_endpoint",
                "token_endpoint",
                "jwks_uri",
                "end_session_endpoint",
                "pushed_authorization_request_endpoint")) {
            table.members(
                    "http: " + endpoint,
                    "Discovery 3; Core 16.17",
                    endpoint + " has http, the issuer https",
                    members -> members.put(
                            endpoint, members.get(endpoint).toString().replace("https:", "http:")));
        }
        return table.rows;
    }

    private void issuers() {
        members(
                "metadata: another issuer",
                CLAUSE,
                "the issuer is another",
                m -> m.put("issuer", "https://other.example"));
        members(
                "metadata: issuer with a slash",
                CLAUSE,
                "a slash after the right issuer",
                m -> m.put("issuer", m.get("issuer") + "/"));
        members("metadata: no issuer", FIELDS, "issuer is missing", m -> m.remove("issuer"));
        members("metadata: issuer is a number", FIELDS, "issuer is 7", m -> m.put("issuer", 7));
    }

    private void documents() {
        answer(
                "metadata: no JSON",
                CLAUSE,
                "HTML with status 200",
                m -> Reply.of(200, "text/html", "<h1>Welcome</h1>"));
        answer("metadata: a list", CLAUSE, "a list", m -> Reply.json("[" + Jwt.json(m) + "]"));
        answer("metadata: status 404", CLAUSE, "status 404", m -> Reply.of(404, "text/html", ""));
        answer(
                "metadata: status 500",
                CLAUSE,
                "the right metadata with status 500",
                m -> Reply.of(500, "application/json", Jwt.json(m)));
        answer(
                "metadata: a redirect",
                CLAUSE,
                "a redirect, which nobody follows",
                m -> Reply.of(302, "application/json", Jwt.json(m)).with("Location", "/elsewhere"));
        answer(
                "metadata: 300 KB",
                "HTTP",
                "300 KB of white space after it",
                m -> Reply.json(Jwt.json(m) + " ".repeat(300_000)));
        answer("metadata: no answer", "HTTP", "the connection is closed", m -> Reply.nothing());
    }

    private void endpoints() {
        for (String endpoint : List.of("authorization_endpoint", "token_endpoint", "jwks_uri")) {
            members("metadata: no " + endpoint, FIELDS, endpoint + " is missing", m -> m.remove(endpoint));
        }
        endpoint("authorization_endpoint", "javascript:alert(1)", "a script");
        endpoint("authorization_endpoint", "https://user@other.example/auth", "an address with a user");
        endpoint("token_endpoint", "ftp://other.example/token", "an address with ftp");
        endpoint("token_endpoint", "/token", "a path");
        endpoint("token_endpoint", "not an address", "no address");
        endpoint("jwks_uri", "file:///etc/keys.json", "a file");
        members("metadata: jwks_uri is a number", FIELDS, "jwks_uri is 7", m -> m.put("jwks_uri", 7));
        endpoint("pushed_authorization_request_endpoint", "ftp://other.example/par", "an address with ftp");
        endpoint("end_session_endpoint", "javascript:alert(1)", "a script");
        answer(
                "metadata: issuer twice",
                "JSON 4",
                "another issuer, then the right one",
                m -> Reply.json(
                        "{\"issuer\":\"https://other.example\"," + Jwt.json(m).substring(1)));
    }

    private void endpoint(String name, String value, String what) {
        members("metadata: " + name + " is " + what, FIELDS, name + " is " + what, m -> m.put(name, value));
    }
}
