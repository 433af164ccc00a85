package io.github.multiclientauth.testbed.provider.facebook;

import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationFault;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationPolicy;
import io.github.multiclientauth.testbed.provider.oauth.ConsentDialect;
import io.github.multiclientauth.testbed.provider.oauth.Facts;
import io.github.multiclientauth.testbed.provider.oauth.RedirectRule;
import io.github.multiclientauth.testbed.provider.oauth.Refusal;
import io.github.multiclientauth.testbed.provider.oauth.ResponseType;
import io.github.multiclientauth.testbed.provider.oauth.Scopes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The Login Dialog. Facebook answers every wrong request with a page of its own. */
final class FacebookConsent implements ConsentDialect {

    private static final String PUBLIC_PROFILE = "public_profile";

    /** The known scopes, without {@code openid}, because this stand-in has no ID tokens. */
    private static final AuthorizationPolicy POLICY = new AuthorizationPolicy(
            RedirectRule.EXACT,
            ResponseType.ASSUMED,
            false,
            Set.of(PUBLIC_PROFILE, Scopes.EMAIL)::contains,
            AuthorizationPolicy.PKCE);

    private final Facts<FacebookFacts> facts;

    FacebookConsent(Facts<FacebookFacts> facts) {
        this.facts = facts;
    }

    @Override
    public AuthorizationPolicy policy() {
        return POLICY;
    }

    @Override
    public Refusal refusal(AuthorizationFault fault, Map<String, String> parameters) {
        return switch (fault) {
            case UNKNOWN_APP -> page("Invalid App ID", "The provided app ID does not look like a valid app ID.");
            case FOREIGN_REDIRECT ->
                page(
                        "URL blocked",
                        "This redirect failed because the redirect URI is not whitelisted in the app's client OAuth"
                                + " settings.");
            case DUPLICATE_PARAMETER, RESPONSE_TYPE, CHALLENGE_METHOD ->
                page("Invalid parameter", "The parameters of the login dialog are not valid.");
            case MISSING_SCOPE, UNKNOWN_SCOPE ->
                page("Invalid scopes", "This content is not available. The app asks for a permission that is none.");
        };
    }

    private static Refusal page(String title, String text) {
        return new Refusal.Page(400, title, text);
    }

    @Override
    public String remark(Person person) {
        return facts.of(person).hasEmail() ? person.email() : "has no e-mail address here";
    }

    @Override
    public Map<String, String> denied() {
        Map<String, String> denied = new LinkedHashMap<>();
        denied.put("error", "access_denied");
        denied.put("error_code", "200");
        denied.put("error_description", "Permissions error");
        denied.put("error_reason", "user_denied");
        return denied;
    }

    /** The fragment that Facebook appends to the address. */
    @Override
    public String fragment() {
        return "#_=_";
    }
}
