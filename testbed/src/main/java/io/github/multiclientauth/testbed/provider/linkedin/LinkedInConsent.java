package io.github.multiclientauth.testbed.provider.linkedin;

import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationFault;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationPolicy;
import io.github.multiclientauth.testbed.provider.oauth.ConsentDialect;
import io.github.multiclientauth.testbed.provider.oauth.RedirectRule;
import io.github.multiclientauth.testbed.provider.oauth.Refusal;
import io.github.multiclientauth.testbed.provider.oauth.ResponseType;
import io.github.multiclientauth.testbed.provider.oauth.Scopes;
import java.util.Map;

/** The endpoint {@code /oauth/v2/authorization}. It ignores PKCE, which LinkedIn has only for native apps at another address. */
final class LinkedInConsent implements ConsentDialect {

    private static final AuthorizationPolicy POLICY = new AuthorizationPolicy(
            RedirectRule.EXACT,
            ResponseType.REQUIRED,
            true,
            Scopes.OPENID_CONNECT::contains,
            AuthorizationPolicy.NO_PKCE);

    @Override
    public AuthorizationPolicy policy() {
        return POLICY;
    }

    @Override
    public Refusal refusal(AuthorizationFault fault, Map<String, String> parameters) {
        return switch (fault) {
            case UNKNOWN_APP -> page("The passed in client_id is invalid.");
            case FOREIGN_REDIRECT -> page("The redirect_uri does not match the registered value.");
            case DUPLICATE_PARAMETER -> page("A parameter was sent more than once.");
            case CHALLENGE_METHOD -> page("The code challenge is invalid.");
            case RESPONSE_TYPE -> Refusal.back("unsupported_response_type", "The response type must be \"code\".");
            case MISSING_SCOPE -> Refusal.back("invalid_request", "A required parameter \"scope\" is missing.");
            case UNKNOWN_SCOPE ->
                Refusal.back(
                        "unauthorized_scope_error",
                        "Scope \"" + parameters.get("scope") + "\" is not authorized for your application");
        };
    }

    private static Refusal page(String text) {
        return new Refusal.Page(400, "Bummer, something went wrong", text);
    }

    @Override
    public String remark(Person person) {
        return person.email();
    }

    /** LinkedIn's own error, which it sends instead of {@code access_denied}. */
    @Override
    public Map<String, String> denied() {
        return Map.of(
                "error", "user_cancelled_login",
                "error_description", "The user cancelled LinkedIn login");
    }
}
