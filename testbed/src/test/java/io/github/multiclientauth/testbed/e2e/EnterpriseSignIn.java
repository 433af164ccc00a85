package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The experience of people and one client in an {@link EnterpriseRealm}, in a form that can be compared. */
record EnterpriseSignIn(Chain chain, URI issuer, int client) {

    /** The story of the login page, a sign-in with GitHub, single sign-on, a password, and all tokens. */
    List<String> story(Person person) {
        Story story = new Story(Map.of(person.login(), "{person}"));
        story.add(new Visitor().browse(authorization(Map.of())));
        Visitor visitor = new Visitor(chain.providers().httpClient());
        Answer consent = visitor.browse(authorization(Map.of("kc_idp_hint", "github")));
        tell(story, code(visitor, visitor.press(consent, "button[name=login][value=" + person.login() + "]")));
        tell(story, code(visitor, visitor.get(authorization(Map.of("prompt", "none")))));
        visitor.history().stream()
                .filter(answer -> answer.address().toString().startsWith(issuer.toString()))
                .forEach(story::add);
        tell(
                story,
                Map.of(
                        "grant_type",
                        "password",
                        "username",
                        EnterpriseRealm.PERSON,
                        "password",
                        EnterpriseRealm.PASSWORD,
                        "scope",
                        "openid"));
        return story.lines();
    }

    /** The claims of the access token after a sign-in with GitHub. */
    JsonNode claims(Person person) {
        Visitor visitor = new Visitor(chain.providers().httpClient());
        Answer consent = visitor.browse(
                authorization(Map.of("kc_idp_hint", "github", "client_origin", EnterpriseRealm.origin(client))));
        JsonNode tokens =
                redeem(code(visitor, visitor.press(consent, "button[name=login][value=" + person.login() + "]")));
        return Story.claims(tokens.path("access_token").asText());
    }

    /** Opens a browser in which a person has signed in with GitHub. */
    Visitor signedIn(Person person) {
        Visitor visitor = new Visitor(chain.providers().httpClient());
        Answer consent = visitor.browse(
                authorization(Map.of("kc_idp_hint", "github", "client_origin", EnterpriseRealm.origin(client))));
        redeem(code(visitor, visitor.press(consent, "button[name=login][value=" + person.login() + "]")));
        return visitor;
    }

    /** The claims of the access token that this browser gets without a prompt. */
    JsonNode silently(Visitor visitor) {
        Answer answer =
                visitor.get(authorization(Map.of("prompt", "none", "client_origin", EnterpriseRealm.origin(client))));
        return Story.claims(redeem(code(visitor, answer)).path("access_token").asText());
    }

    /** The realm's discovery document. */
    JsonNode discovery() {
        return sorted(new Visitor()
                .get(URI.create(issuer + "/.well-known/openid-configuration"))
                .json());
    }

    /** Keycloak lists scopes in the order of random ids. */
    private static JsonNode sorted(JsonNode document) {
        List<String> scopes = new ArrayList<>();
        document.path("scopes_supported").forEach(scope -> scopes.add(scope.asText()));
        scopes.sort(null);
        ArrayNode list = ((ObjectNode) document).putArray("scopes_supported");
        scopes.forEach(list::add);
        return document;
    }

    /** Keycloak's page for a request without a provider hint. */
    Answer page() {
        return page(new Visitor());
    }

    Answer page(Visitor visitor) {
        return visitor.browse(authorization(Map.of()));
    }

    private JsonNode redeem(Map<String, String> grant) {
        Map<String, String> form = new LinkedHashMap<>(grant);
        form.put("client_id", EnterpriseRealm.clientId(client));
        form.put("client_secret", EnterpriseRealm.secret(client));
        return new Visitor().post(endpoint("token"), form).json();
    }

    private void tell(Story story, Map<String, String> grant) {
        JsonNode tokens = redeem(grant);
        JsonNode access = Story.claims(tokens.path("access_token").asText());
        story.add("access token", access);
        story.add("ID token", Story.claims(tokens.path("id_token").asText()));
        // Not expires_in, which may differ by a second.
        story.add(
                "answer",
                ((ObjectNode) tokens)
                        .put(
                                "lifetime",
                                access.path("exp").asLong() - access.path("iat").asLong())
                        .retain("lifetime", "token_type", "scope"));
    }

    private Map<String, String> code(Visitor visitor, Answer answer) {
        Answer last = visitor.followTo(
                answer, Origin.ofUrl(EnterpriseRealm.origin(client)).orElseThrow());
        String code = Optional.ofNullable(
                        Parameters.ofQuery(last.location().orElseThrow()).get("code"))
                .orElseThrow(() -> new AssertionError("No code, but " + last));
        return Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", redirectUri());
    }

    private URI authorization(Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", EnterpriseRealm.clientId(client));
        parameters.put("redirect_uri", redirectUri());
        parameters.put("scope", "openid");
        parameters.put("state", "a-state");
        parameters.putAll(more);
        return URI.create(Parameters.append(endpoint("auth").toString(), parameters));
    }

    private String redirectUri() {
        return EnterpriseRealm.origin(client) + "/callback";
    }

    private URI endpoint(String name) {
        return URI.create(issuer + "/protocol/openid-connect/" + name);
    }
}
