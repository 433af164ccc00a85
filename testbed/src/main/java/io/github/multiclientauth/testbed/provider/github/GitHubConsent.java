package io.github.multiclientauth.testbed.provider.github;

import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationFault;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationPolicy;
import io.github.multiclientauth.testbed.provider.oauth.ConsentDialect;
import io.github.multiclientauth.testbed.provider.oauth.Refusal;
import io.github.multiclientauth.testbed.provider.oauth.ResponseType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The endpoint {@code /login/oauth/authorize}. */
final class GitHubConsent implements ConsentDialect {

    /** Ignores unknown scopes. */
    private static final AuthorizationPolicy POLICY = new AuthorizationPolicy(
            new GitHubRedirects(), ResponseType.IGNORED, false, scope -> true, AuthorizationPolicy.PKCE_S256);

    private static final String TROUBLESHOOTING =
            "/apps/building-integrations/setting-up-and-registering-oauth-apps/troubleshooting-authorization-request-errors/";

    @Override
    public AuthorizationPolicy policy() {
        return POLICY;
    }

    @Override
    public Refusal refusal(AuthorizationFault fault, Map<String, String> parameters) {
        return switch (fault) {
            case UNKNOWN_APP -> new Refusal.Page(404, "Page not found", "No application has this client id.");
            // Never redirects to the requested address, because that would be the attack.
            case FOREIGN_REDIRECT ->
                new Refusal.BackToRegistered(error(
                        "redirect_uri_mismatch",
                        "The redirect_uri MUST match the registered callback URL for this application.",
                        "redirect-uri-mismatch"));
            case CHALLENGE_METHOD ->
                new Refusal.Page(400, "This cannot be checked", "Only code_challenge_method=S256 is supported.");
            case DUPLICATE_PARAMETER, RESPONSE_TYPE, MISSING_SCOPE, UNKNOWN_SCOPE ->
                new Refusal.Page(400, "This cannot be read", "The request is not in order.");
        };
    }

    private static Map<String, String> error(String code, String description, String anchor) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("error", code);
        error.put("error_description", description);
        error.put("error_uri", TROUBLESHOOTING + "#" + anchor);
        return error;
    }

    @Override
    public String remark(Person person) {
        if (person.name().isEmpty()) {
            return "has no name";
        }
        return person.emailIsPublic() ? person.email() : "keeps the e-mail address private";
    }

    @Override
    public Map<String, String> denied() {
        return error("access_denied", "The user has denied your application access.", "access-denied");
    }
}
