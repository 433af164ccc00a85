package io.github.multiclientauth.testbed.provider.auth0;

import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationFault;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationPolicy;
import io.github.multiclientauth.testbed.provider.oauth.ConsentDialect;
import io.github.multiclientauth.testbed.provider.oauth.Facts;
import io.github.multiclientauth.testbed.provider.oauth.RedirectRule;
import io.github.multiclientauth.testbed.provider.oauth.Refusal;
import io.github.multiclientauth.testbed.provider.oauth.ResponseType;
import java.util.Map;

/** The endpoint {@code /authorize}: Universal Login. */
final class Auth0Consent implements ConsentDialect {

    /** Ignores unknown scopes. */
    private static final AuthorizationPolicy POLICY = new AuthorizationPolicy(
            RedirectRule.EXACT, ResponseType.REQUIRED, false, scope -> true, AuthorizationPolicy.PKCE);

    private final Facts<Auth0Facts> facts;

    Auth0Consent(Facts<Auth0Facts> facts) {
        this.facts = facts;
    }

    @Override
    public AuthorizationPolicy policy() {
        return POLICY;
    }

    @Override
    public Refusal refusal(AuthorizationFault fault, Map<String, String> parameters) {
        return switch (fault) {
            case UNKNOWN_APP -> page(403, "Unknown client: " + parameters.getOrDefault("client_id", ""));
            case FOREIGN_REDIRECT ->
                page(
                        403,
                        "Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback"
                                + " URLs.");
            case DUPLICATE_PARAMETER -> page(400, "Duplicate parameter.");
            case RESPONSE_TYPE ->
                parameters.containsKey("response_type")
                        ? Refusal.back("unsupported_response_type", "Unsupported response type")
                        : page(400, "Missing required parameter: response_type");
            case CHALLENGE_METHOD -> Refusal.back("invalid_request", "Unsupported code_challenge_method");
            case MISSING_SCOPE, UNKNOWN_SCOPE -> Refusal.back("invalid_scope", "Invalid scope");
        };
    }

    private static Refusal page(int status, String text) {
        return new Refusal.Page(status, "Oops!, something went wrong", text);
    }

    @Override
    public String remark(Person person) {
        Auth0Facts known = facts.of(person);
        if (!known.emailVerified()) {
            return person.email() + ", not verified";
        }
        return known.isInDatabase() ? person.email() : "comes through " + known.connection();
    }

    @Override
    public Map<String, String> denied() {
        return Map.of("error", "access_denied", "error_description", "User did not authorize the request");
    }
}
