package io.github.multiclientauth.extension.provider;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The type of an identity provider, and the server at which it signs people in, as its configuration says. Providers
 * that cannot be compared count as different: an alias alone proves nothing.
 */
public final class ProviderServer {

    private static final String GITHUB = "github";
    private static final Set<String> OPEN_ID = Set.of("oidc", "keycloak-oidc");

    /** Types whose addresses are fixed in Keycloak. */
    private static final Set<String> FIXED = Set.of(
            "facebook",
            "google",
            "linkedin-openid-connect",
            "bitbucket",
            "gitlab",
            "instagram",
            "stackoverflow",
            "twitter");

    private static final String ISSUER = "issuer";
    private static final String AUTHORIZATION_URL = "authorizationUrl";
    private static final String TOKEN_URL = "tokenUrl";
    private static final String USER_INFO_URL = "userInfoUrl";
    private static final String JWKS_URL = "jwksUrl";

    private static final String BASE_URL = "baseUrl";
    private static final String API_URL = "apiUrl";
    private static final String EMAIL_URL = "emailUrl";
    private static final Map<String, String> GITHUB_DEFAULTS =
            Map.of(BASE_URL, "https://github.com", API_URL, "https://api.github.com");

    private static final String SAML_ENTITY = "idpEntityId";
    private static final String SAML_SIGN_ON = "singleSignOnServiceUrl";

    private static final String MICROSOFT_TENANT = "tenantId";
    private static final String MICROSOFT_ANY_TENANT = "common";

    private static final String PAYPAL_SANDBOX = "sandbox";

    private final String type;
    private final Map<String, String> config;

    private ProviderServer(String type, Map<String, String> config) {
        this.type = Objects.requireNonNull(type, "type");
        this.config = config;
    }

    /**
     * @param type what Keycloak calls the provider id: {@code github}, {@code oidc}
     * @param config as the administrator has entered it; only addresses and names of servers are kept
     */
    public static ProviderServer of(String type, Map<String, String> config) {
        return new ProviderServer(
                type,
                Stream.of(
                                ISSUER,
                                AUTHORIZATION_URL,
                                TOKEN_URL,
                                USER_INFO_URL,
                                JWKS_URL,
                                BASE_URL,
                                API_URL,
                                EMAIL_URL,
                                SAML_ENTITY,
                                SAML_SIGN_ON,
                                MICROSOFT_TENANT,
                                PAYPAL_SANDBOX)
                        .filter(key -> !isBlank(config.get(key)))
                        .collect(Collectors.toUnmodifiableMap(
                                key -> key, key -> config.get(key).strip())));
    }

    /** The type, which Keycloak calls the provider id. */
    public String type() {
        return type;
    }

    /** Whether both providers get their statements about people from the same source. */
    public boolean isSameAs(ProviderServer other) {
        if (!type.equals(other.type)) {
            return false;
        }
        if (OPEN_ID.contains(type)) {
            return isSameOpenIdProviderAs(other);
        }
        return FIXED.contains(type)
                || switch (type) {
                    case GITHUB ->
                        hasSame(other, BASE_URL) && hasSame(other, API_URL) && usesOnlyServersOf(other, EMAIL_URL);
                    case "oauth2" ->
                        hasSame(other, AUTHORIZATION_URL) && hasSame(other, TOKEN_URL) && hasSame(other, USER_INFO_URL);
                    // An entity id is a name. SAML compares it character by character.
                    case "saml" ->
                        config.containsKey(SAML_ENTITY)
                                && config.get(SAML_ENTITY).equals(other.config.get(SAML_ENTITY))
                                && hasSame(other, SAML_SIGN_ON);
                    case "microsoft" -> tenant().equals(other.tenant());
                    case "paypal" -> isSandbox() == other.isSandbox();
                    default -> false;
                };
    }

    /**
     * Whether credentials that were entered here may be sent to the other provider. Where addresses are configured, the
     * lender may omit them: it then counts as being at the server of the provider that its alias names.
     */
    public boolean mayLendTo(ProviderServer other) {
        if (!type.equals(other.type)) {
            return false;
        }
        if (!OPEN_ID.contains(type)) {
            return isSameAs(other);
        }
        boolean sameIssuer = issuers().isEmpty() || issuers().equals(other.issuers());
        boolean sameServer = !config.containsKey(TOKEN_URL)
                || address(TOKEN_URL).isPresent()
                        && address(TOKEN_URL)
                                .map(ServerAddress::origin)
                                .equals(other.address(TOKEN_URL).map(ServerAddress::origin));
        return sameIssuer && sameServer;
    }

    /**
     * Compares the issuers, and requires that tokens and profiles come from the other provider's servers. If neither
     * has an issuer, Keycloak checks none, and the addresses must be equal.
     */
    private boolean isSameOpenIdProviderAs(ProviderServer other) {
        if (!issuers().equals(other.issuers())) {
            return false;
        }
        if (issuers().isEmpty()) {
            return hasSame(other, AUTHORIZATION_URL)
                    && hasSame(other, TOKEN_URL)
                    && usesOnlyServersOf(other, USER_INFO_URL, JWKS_URL);
        }
        return config.containsKey(TOKEN_URL) && usesOnlyServersOf(other, TOKEN_URL, USER_INFO_URL, JWKS_URL);
    }

    /**
     * The issuers, of which Keycloak takes several with commas between them. They are names and are compared as text,
     * as OpenID Connect does.
     */
    private Set<String> issuers() {
        return Arrays.stream(config.getOrDefault(ISSUER, "").split(","))
                .map(String::strip)
                .filter(issuer -> !issuer.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean hasSame(ProviderServer other, String key) {
        return address(key).isPresent() && address(key).equals(other.address(key));
    }

    /** Whether each of these addresses, if it is configured, is at an origin that the other provider uses as well. */
    private boolean usesOnlyServersOf(ProviderServer other, String... keys) {
        Set<Object> origins = Stream.of(TOKEN_URL, USER_INFO_URL, JWKS_URL, API_URL, EMAIL_URL)
                .flatMap(key -> other.address(key).stream())
                .map(ServerAddress::origin)
                .collect(Collectors.toUnmodifiableSet());
        return Stream.of(keys)
                .filter(config::containsKey)
                .allMatch(key -> address(key)
                        .map(ServerAddress::origin)
                        .filter(origins::contains)
                        .isPresent());
    }

    private Optional<ServerAddress> address(String key) {
        String configured = config.get(key);
        return ServerAddress.of(configured == null && type.equals(GITHUB) ? GITHUB_DEFAULTS.get(key) : configured);
    }

    private String tenant() {
        return config.getOrDefault(MICROSOFT_TENANT, MICROSOFT_ANY_TENANT);
    }

    private boolean isSandbox() {
        return Boolean.parseBoolean(config.get(PAYPAL_SANDBOX));
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }
}
