package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** An application's {@code /api/auth/*}, used as by its page in a visitor's browser. */
record Auth(Visitor visitor, Origin application) {

    static final String RETURN_REDIRECT = "X-Auth-Return-Redirect";

    URI at(String action) {
        return URI.create(application + "/api/auth/" + action);
    }

    JsonNode session() {
        Answer answer = visitor.get(at("session"));
        if (answer.status() != 200) {
            throw new AssertionError("The session could not be read: " + answer);
        }
        return answer.json();
    }

    String csrfToken() {
        return visitor.get(at("csrf")).json().path("csrfToken").asText();
    }

    /** {@code update()} of Auth.js. */
    Answer update(String data) {
        return visitor.postJson(at("session"), "{\"csrfToken\":\"" + csrfToken() + "\",\"data\":" + data + "}");
    }

    /** {@code signOut()} of Auth.js, with a plain form. */
    Answer signOut() {
        return visitor.post(at("signout"), Map.of("csrfToken", csrfToken(), "callbackUrl", "/"));
    }

    /** The user's own sessions, as a script reads them. */
    JsonNode sessions() {
        return visitor.get(at("sessions")).json();
    }

    /** Ends own sessions, as a script does it. */
    JsonNode endSessions(String field, String value) {
        return visitor.post(at("sessions"), Map.of("csrfToken", csrfToken(), field, value))
                .json();
    }

    /** The cookies that this visitor would send to the facade. */
    List<Cookie> cookies() {
        return visitor.cookies().all().stream()
                .filter(cookie -> cookie.host().equals(application.host())
                        && cookie.name().contains("authjs."))
                .toList();
    }
}
