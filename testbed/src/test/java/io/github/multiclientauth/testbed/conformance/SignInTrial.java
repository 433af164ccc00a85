package io.github.multiclientauth.testbed.conformance;

import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** One browser that signs in at an application while the provider misbehaves. */
final class SignInTrial {

    private final MisbehavingProvider provider;
    private final Party party;
    private final Conduct conduct = new Conduct();
    private final Visitor visitor = new Visitor();
    private String demand = "";

    SignInTrial(MisbehavingProvider provider, Party party) {
        this.provider = provider;
        this.party = party;
        provider.behave(conduct);
    }

    MisbehavingProvider provider() {
        return provider;
    }

    Party party() {
        return party;
    }

    Visitor visitor() {
        return visitor;
    }

    /** The provider's conduct. Changes count from the next request on. */
    Conduct conduct() {
        return conduct;
    }

    /** Demands something of the authentication, such as {@code max_age=60}. */
    void demand(String parameter) {
        demand = "&" + parameter;
    }

    /** Another browser at the same application, with the same conduct of the provider. */
    SignInTrial otherBrowser() {
        SignInTrial other = new SignInTrial(provider, party);
        provider.behave(conduct);
        return other;
    }

    /** The right answer of the authorization endpoint, by name. */
    static final class Response {

        private final Map<String, String> parameters = new LinkedHashMap<>();

        String get(String name) {
            return parameters.get(name);
        }

        Response with(String name, String value) {
            parameters.put(name, value);
            return this;
        }

        Response without(String name) {
            parameters.remove(name);
            return this;
        }

        String query() {
            return Parameters.encode(parameters);
        }
    }

    /**
     * Starts a sign-in, agrees at the provider, and returns its right answer.
     *
     * @throws NotStartedException if the facade does not send the browser to the provider
     */
    Response start() throws NotStartedException {
        provider.behave(conduct);
        Answer answer = visitor.get(at("signin/" + Party.PROVIDER + "?callbackUrl=%2F" + demand));
        URI request = answer.location()
                .filter(to -> to.getPath().startsWith("/realms/"))
                .orElseThrow(NotStartedException::new);
        // A pushed request is a reference: only the provider knows what is behind it.
        String code = provider.authorize(request);
        String state = provider.state(request);
        return new Response()
                .with("state", state)
                .with("session_state", provider.authorized(code).sid())
                .with("iss", provider.issuer().toString())
                .with("code", code);
    }

    /** The facade does not send the browser to the provider. */
    static final class NotStartedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    Answer finish(Response response) {
        return finish(response.query());
    }

    Answer finish(String query) {
        return visitor.get(at("callback/" + Party.PROVIDER + "?" + query));
    }

    /** Signs in, as far as it gets. */
    void signIn() {
        try {
            finish(start());
        } catch (NotStartedException e) {
            // There is a message in the log, as for every refusal.
        }
    }

    URI at(String action) {
        return URI.create(party.origin() + "/api/auth/" + action);
    }

    boolean isSignedIn() {
        return !visitor.get(at("session")).json().isNull();
    }
}
