package io.github.multiclientauth.testbed.provider.google;

import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationFault;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationPolicy;
import io.github.multiclientauth.testbed.provider.oauth.AuthorizationRequest;
import io.github.multiclientauth.testbed.provider.oauth.ConsentDialect;
import io.github.multiclientauth.testbed.provider.oauth.Facts;
import io.github.multiclientauth.testbed.provider.oauth.RedirectRule;
import io.github.multiclientauth.testbed.provider.oauth.Refusal;
import io.github.multiclientauth.testbed.provider.oauth.ResponseType;
import io.github.multiclientauth.testbed.provider.oauth.Scopes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The endpoint {@code /o/oauth2/v2/auth}. Google answers every wrong request with a page of its own. */
final class GoogleConsent implements ConsentDialect {

    private static final AuthorizationPolicy POLICY = new AuthorizationPolicy(
            RedirectRule.EXACT, ResponseType.REQUIRED, true, GoogleScopes::isKnown, AuthorizationPolicy.PKCE);

    private final Facts<GoogleFacts> facts;

    GoogleConsent(Facts<GoogleFacts> facts) {
        this.facts = facts;
    }

    @Override
    public AuthorizationPolicy policy() {
        return POLICY;
    }

    @Override
    public Refusal refusal(AuthorizationFault fault, Map<String, String> parameters) {
        return switch (fault) {
            case UNKNOWN_APP -> page(401, "invalid_client", "The OAuth client was not found.");
            case FOREIGN_REDIRECT ->
                page(
                        400,
                        "redirect_uri_mismatch",
                        "This app sent a redirect URI that its developer has not registered in the Google Cloud"
                                + " console.");
            case DUPLICATE_PARAMETER ->
                page(400, "invalid_request", "OAuth 2 parameters can only have a single value.");
            case RESPONSE_TYPE ->
                parameters.containsKey("response_type")
                        ? page(400, "unsupported_response_type", "Only the response type code is supported here.")
                        : page(400, "invalid_request", "Required parameter is missing: response_type");
            case MISSING_SCOPE -> page(400, "invalid_request", "Missing required parameter: scope");
            case UNKNOWN_SCOPE -> page(400, "invalid_scope", "Some requested scopes were invalid.");
            case CHALLENGE_METHOD -> page(400, "invalid_request", "Invalid parameter value for code_challenge_method.");
        };
    }

    private static Refusal page(int status, String error, String text) {
        return new Refusal.Page(status, "Access blocked", "Error " + status + ": " + error + ". " + text);
    }

    /**
     * The parameter {@code hd} limits the list, {@code *} to all Workspace accounts. It does nothing else. Google says not to rely on it
     * and to check the claim, so a sign-in with an account that is not on the list is still possible.
     *
     * @see <a href="https://developers.google.com/identity/openid-connect/openid-connect#hd-param">hd</a>
     */
    @Override
    public boolean offers(Person person, Map<String, String> parameters) {
        Optional<String> domain = facts.of(person).hostedDomain();
        String wanted = parameters.get("hd");
        return wanted == null || domain.isPresent() && (wanted.equals("*") || wanted.equals(domain.get()));
    }

    @Override
    public String remark(Person person) {
        return facts.of(person)
                .hostedDomain()
                .map(domain -> "works at " + domain)
                .orElse(person.email());
    }

    @Override
    public Map<String, String> denied() {
        return Map.of("error", "access_denied");
    }

    @Override
    public Map<String, String> agreed(AuthorizationRequest request, Person person) {
        Map<String, String> more = new LinkedHashMap<>();
        // RFC 9207. Google started this in 2026, and its discovery document says so.
        more.put("iss", StandInGoogle.ISSUER);
        more.put("scope", GoogleScopes.granted(request.scopes()));
        more.put("authuser", "0");
        if (request.scopes().contains(Scopes.OPENID)) {
            facts.of(person).hostedDomain().ifPresent(domain -> more.put("hd", domain));
        }
        more.put("prompt", "consent");
        return more;
    }
}
