package io.github.multiclientauth.testbed.provider.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.internet.Internet;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** An app that signs people in at one provider, and can make mistakes for tests. The value {@code null} removes a parameter. */
public final class RelyingParty {

    public static final String CALLBACK = Internet.CALLBACK;
    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final At at;
    private final RegisteredApp app;
    private final Visitor visitor;

    public RelyingParty(At at, RegisteredApp app, Visitor visitor) {
        this.at = at;
        this.app = app;
        this.visitor = visitor;
    }

    public static Map<String, String> without(String parameter) {
        Map<String, String> change = new HashMap<>();
        change.put(parameter, null);
        return change;
    }

    public URI request(Map<String, String> changes) {
        return request(at.authorize(), changes);
    }

    URI request(URI endpoint, Map<String, String> changes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", app.clientId());
        parameters.put("redirect_uri", CALLBACK);
        parameters.put("response_type", "code");
        parameters.put("scope", at.scope());
        parameters.put("state", "a state & more");
        return URI.create(Parameters.append(endpoint.toString(), changed(parameters, changes)));
    }

    public Answer ask(Map<String, String> changes) {
        return visitor.get(request(changes));
    }

    /** Presses the button of {@code login}. Returns the redirect without following it. */
    public Answer agree(String login, Map<String, String> changes) {
        return visitor.press(ask(changes), "button[name=login][value=" + login + "]");
    }

    public String code(String login, Map<String, String> changes) {
        return returned(agree(login, changes)).get("code");
    }

    /** The parameters that a redirect gives the app. */
    public static Map<String, String> returned(Answer answer) {
        URI location = answer.location().orElseThrow();
        assertThat(location.toString()).startsWith(CALLBACK + "?");
        return Parameters.ofQuery(location);
    }

    public Answer redeem(String code, Map<String, String> changes, String... headers) {
        String[] all = Stream.concat(Stream.of("Accept", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return visitor.post(at.token(), tokenRequest(code, changes), all);
    }

    Map<String, String> tokenRequest(String code, Map<String, String> changes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("code", code);
        parameters.put("redirect_uri", CALLBACK);
        parameters.put("client_id", app.clientId());
        parameters.put("client_secret", app.clientSecret());
        return changed(parameters, changes);
    }

    /** Signs in from the consent page to the tokens. */
    public JsonNode tokens(String login, Map<String, String> changes) {
        Answer answer = redeem(code(login, changes), Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        return answer.json();
    }

    public Answer profile(String query, String accessToken) {
        return visitor.get(URI.create(at.profile() + query), "Authorization", "Bearer " + accessToken);
    }

    /** Signs in from the consent page to the profile. */
    public JsonNode profile(String login) {
        Answer answer = profile("", tokens(login, Map.of()).path("access_token").asText());
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static Map<String, String> changed(Map<String, String> parameters, Map<String, String> changes) {
        parameters.putAll(changes);
        parameters.values().removeIf(value -> value == null);
        return parameters;
    }
}
