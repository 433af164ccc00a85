package io.github.multiclientauth.bench.reliability;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.ProofFailedException;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.FormElement;

/** An application's {@code /api/auth/*}, and Keycloak's own login page behind it. */
record Site(Origin origin, String password) {

    URI at(String action) {
        return URI.create(origin + "/api/auth/" + action);
    }

    String csrfToken(Visitor visitor) {
        return token(visitor.get(at("csrf")));
    }

    static String token(Answer csrf) {
        return csrf.json().path("csrfToken").asText();
    }

    /**
     * Signs in, and returns the user's id.
     *
     * @throws ProofFailedException if it does not end with a session
     */
    String signIn(Visitor visitor, String login) {
        Answer page = visitor.browse(at("signin/keycloak?callbackUrl=%2F"));
        if (page.status() != 200 || !(page.document().selectFirst("#kc-form-login") instanceof FormElement form)) {
            throw new ProofFailedException("No login page: " + page);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        form.formData().forEach(field -> fields.put(field.key(), field.value()));
        fields.put("username", login);
        fields.put("password", password);
        Answer end = visitor.follow(visitor.post(URI.create(form.absUrl("action")), fields));
        Answer session = visitor.get(at("session"));
        String userId =
                session.status() == 200 ? session.json().path("user").path("id").asText() : "";
        if (userId.isEmpty()) {
            throw new ProofFailedException("No session (" + session.status() + ") after " + end);
        }
        return userId;
    }
}
