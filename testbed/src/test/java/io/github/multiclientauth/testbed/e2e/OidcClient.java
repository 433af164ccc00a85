package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A client of Keycloak without the facade, to test the tokens. */
record OidcClient(Chain chain, String clientId, String secret, Origin origin, String provider) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The example of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /** Creates a client that signs in with GitHub. */
    OidcClient(Chain chain, String clientId, String secret, Origin origin) {
        this(chain, clientId, secret, origin, "github");
    }

    /** An answer of the token endpoint. */
    record Tokens(JsonNode answer) {

        String accessToken() {
            return answer.path("access_token").asText();
        }

        JsonNode accessClaims() {
            return decode(accessToken());
        }

        JsonNode idClaims() {
            return decode(answer.path("id_token").asText());
        }

        /** The claims, without a check of the signature. Userinfo and introspection are tested with the same token. */
        private static JsonNode decode(String token) {
            try {
                return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
            } catch (IOException noToken) {
                throw new UncheckedIOException(noToken);
            }
        }

        /** Keeps tokens out of messages. */
        @Override
        public String toString() {
            return "Tokens[***]";
        }
    }

    /** Signs the person in and returns the code. */
    String authorize(Visitor visitor, Person person) {
        return code(visitor, agree(visitor, person));
    }

    /** Goes to the provider and agrees there. The redirect back is not followed. */
    Answer agree(Visitor visitor, Person person) {
        Answer page = visitor.browse(authorizationRequest());
        return visitor.press(page, "button[name=login][value=" + person.login() + "]");
    }

    /** The parameters that the application gets. */
    Map<String, String> comesBack(Visitor visitor, Answer answer) {
        return Parameters.ofQuery(visitor.followTo(answer, origin).location().orElseThrow());
    }

    /**
     * The authorization request.
     *
     * @param more names and values; the value {@code null} removes a parameter
     */
    URI request(String... more) {
        Map<String, String> parameters = parameters();
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1] == null) {
                parameters.remove(more[i]);
            } else {
                parameters.put(more[i], more[i + 1]);
            }
        }
        return URI.create(Parameters.append(endpoint("auth").toString(), parameters));
    }

    /** Returns a code for the person who is signed in. */
    String authorizeSignedIn(Visitor visitor) {
        return code(visitor, visitor.get(authorizationRequest()));
    }

    Tokens redeem(String code) {
        return tokens(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirectUri(),
                "code_verifier",
                VERIFIER));
    }

    Tokens refresh(Tokens tokens) {
        return tokens(refreshGrant(tokens));
    }

    /** Keycloak's answer to a refresh that it should refuse. */
    Answer triesToRefresh(Tokens tokens) {
        return chain.visitor().post(endpoint("token"), authenticated(refreshGrant(tokens)));
    }

    private static Map<String, String> refreshGrant(Tokens tokens) {
        return Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.answer().path("refresh_token").asText());
    }

    /** Standard token exchange: a token of another client for one of this client's own. */
    Tokens exchange(Tokens subject) {
        return tokens(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                subject.accessToken(),
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "scope",
                "openid profile email"));
    }

    Tokens serviceAccount() {
        return tokens(Map.of("grant_type", "client_credentials"));
    }

    Tokens directGrant(String user, String password) {
        return tokens(Map.of("grant_type", "password", "username", user, "password", password, "scope", "openid"));
    }

    /** Sends any grant, and returns the answer even if it is an error. */
    Answer grant(Map<String, String> grant) {
        return chain.visitor().post(endpoint("token"), authenticated(grant));
    }

    /** Requests a code for the device flow. */
    JsonNode device() {
        return good(chain.visitor()
                .post(
                        endpoint("auth/device"),
                        authenticated(Map.of("scope", "openid", "client_origin", origin.toString()))));
    }

    JsonNode userInfo(Tokens tokens) {
        return good(chain.visitor().get(endpoint("userinfo"), "Authorization", "Bearer " + tokens.accessToken()));
    }

    JsonNode introspect(Tokens tokens) {
        return good(chain.visitor()
                .post(endpoint("token/introspect"), authenticated(Map.of("token", tokens.accessToken()))));
    }

    private String code(Visitor visitor, Answer answer) {
        return comesBack(visitor, answer).get("code");
    }

    URI authorizationRequest() {
        return request();
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", redirectUri());
        parameters.put("scope", "openid profile email");
        parameters.put("state", UUID.randomUUID().toString());
        parameters.put("nonce", UUID.randomUUID().toString());
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.put("client_origin", origin.toString());
        parameters.put("kc_idp_hint", provider);
        return parameters;
    }

    private Tokens tokens(Map<String, String> grant) {
        return new Tokens(good(chain.visitor().post(endpoint("token"), authenticated(grant))));
    }

    private Map<String, String> authenticated(Map<String, String> form) {
        Map<String, String> complete = new LinkedHashMap<>(form);
        complete.put("client_id", clientId);
        complete.put("client_secret", secret);
        return complete;
    }

    private static JsonNode good(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(
                    answer + ": " + answer.json().path("error_description").asText());
        }
        return answer.json();
    }

    String redirectUri() {
        return origin + "/api/auth/callback/github";
    }

    private URI endpoint(String name) {
        return URI.create(chain.issuer() + "/protocol/openid-connect/" + name);
    }

    /** Keeps the secret out of messages. */
    @Override
    public String toString() {
        return clientId;
    }
}
