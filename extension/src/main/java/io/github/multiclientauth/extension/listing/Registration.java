package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.extension.provider.Allowance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a client that has opted in, as far as the directory needs them. None of them is secret, and nothing
 * secret is read.
 *
 * @param name empty if it has none
 * @param authenticator Keycloak's id of the client authenticator, {@code null} if never chosen
 * @param rootUrl {@code null} or empty if there is none
 * @param webOrigins as entered: with {@code +} and {@code *}
 * @param redirectUris as entered: some are relative to the root URL
 * @param attributes those of {@link #ATTRIBUTES} that are set
 * @param rules which identity providers it may use; all of them must agree
 * @param previews as entered
 * @param pages the pages of its own, as entered
 * @param stepUp what it demands of the authentication, as entered
 * @param apiAccess who gets access tokens of its users, as entered
 * @param browserFlow the id of the client's own, {@code null} if it has the realm's
 * @param scopes those of {@link #SCOPES} that it has, as default or optional ones
 */
public record Registration(
        String clientId,
        String name,
        boolean enabled,
        boolean publicClient,
        String authenticator,
        String rootUrl,
        Set<String> webOrigins,
        Set<String> redirectUris,
        Map<String, String> attributes,
        List<Allowance> rules,
        PreviewEntries previews,
        PageEntries pages,
        StepUpEntries stepUp,
        ApiAccessEntries apiAccess,
        String browserFlow,
        Set<String> scopes) {

    public static final String PKCE = "pkce.code.challenge.method";
    public static final String PAR = "require.pushed.authorization.requests";
    public static final String DPOP = "dpop.bound.access.tokens";
    public static final String SIGNING = "token.endpoint.auth.signing.alg";
    public static final String BACKCHANNEL_LOGOUT_URL = "backchannel.logout.url";

    /** The algorithm that signs ID tokens and logout tokens of the client. */
    public static final String ID_TOKEN_ALGORITHM = "id.token.signed.response.alg";

    /** The client attributes that are read: never all of them, since extensions keep secrets there. */
    public static final Set<String> ATTRIBUTES =
            Set.of(PKCE, PAR, DPOP, SIGNING, BACKCHANNEL_LOGOUT_URL, ID_TOKEN_ALGORITHM, StepUpEntries.ACR_TO_LOA);

    /** The names of the client scopes that a facade may ask for. Keycloak refuses a request for one that the client lacks. */
    public static final Set<String> SCOPES = Set.of("profile", "email");

    /** The client authenticator if none was chosen. It is also the console's default for new clients. */
    private static final String DEFAULT_AUTHENTICATOR = "client-secret";

    /** The names of RFC 7591 and RFC 8705, where there is one. */
    private static final Map<String, String> AUTHENTICATIONS = Map.of(
            DEFAULT_AUTHENTICATOR,
            "client_secret",
            "client-jwt",
            "private_key_jwt",
            "client-secret-jwt",
            "client_secret_jwt",
            "client-x509",
            "tls_client_auth");

    public Registration {
        webOrigins = Set.copyOf(webOrigins);
        redirectUris = Set.copyOf(redirectUris);
        attributes = Map.copyOf(attributes);
        rules = List.copyOf(rules);
        scopes = Set.copyOf(scopes);
    }

    /** The same client with another name. */
    public Registration named(String other) {
        return new Registration(
                clientId,
                other,
                enabled,
                publicClient,
                authenticator,
                rootUrl,
                webOrigins,
                redirectUris,
                attributes,
                rules,
                previews,
                pages,
                stepUp,
                apiAccess,
                browserFlow,
                scopes);
    }

    /** The same client with another value of one attribute. */
    public Registration withAttribute(String attribute, String value) {
        Map<String, String> changed = new HashMap<>(attributes);
        changed.put(attribute, value);
        return new Registration(
                clientId,
                name,
                enabled,
                publicClient,
                authenticator,
                rootUrl,
                webOrigins,
                redirectUris,
                changed,
                rules,
                previews,
                pages,
                stepUp,
                apiAccess,
                browserFlow,
                scopes);
    }

    /** How the client authenticates. For an authenticator that this version does not know, Keycloak's id is used. */
    public String authentication() {
        if (publicClient) {
            return "none";
        }
        String id = authenticator == null || authenticator.isEmpty() ? DEFAULT_AUTHENTICATOR : authenticator;
        return AUTHENTICATIONS.getOrDefault(id, id);
    }

    /** Whether an attribute is {@code true}. */
    public boolean isOn(String attribute) {
        return Boolean.parseBoolean(attributes.get(attribute));
    }

    /**
     * The algorithm that signs the client's ID tokens.
     *
     * @param ofRealm used where the client has none of its own, or an empty one
     */
    public String idTokenAlgorithm(String ofRealm) {
        String own = attributes.getOrDefault(ID_TOKEN_ALGORITHM, "");
        return own.isEmpty() ? ofRealm : own;
    }

    public boolean allows(String provider) {
        return rules.stream().allMatch(rule -> rule.allows(provider));
    }

    /** Whether a rule names this provider, and all rules allow it. */
    public boolean names(String provider) {
        return allows(provider) && rules.stream().anyMatch(rule -> rule.names(provider));
    }
}
