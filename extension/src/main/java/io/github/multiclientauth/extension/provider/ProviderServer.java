package io.github.multiclientauth.extension.provider;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What kind of identity provider one is, and which server it signs people in at, as far as its configuration says. What
 * cannot be compared is not the same: a name alone makes nobody trustworthy.
 */
public final class ProviderServer {

    private static final String GITHUB = "github";
    private static final Set<String> OPEN_ID = Set.of("oidc", "keycloak-oidc");

    /** Types whose addresses Keycloak knows, and no configuration changes. */
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

    /** What Keycloak calls the provider id. */
    public String type() {
        return type;
    }

    /** Whether what this provider says of people has the same source as what the other one says. */
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
                        hasSame(other, BASE_URL) && hasSame(other, API_URL) && asksNobodyBeside(other, EMAIL_URL);
                    case "oauth2" ->
                        hasSame(other, AUTHORIZATION_URL) && hasSame(other, TOKEN_URL) && hasSame(other, USER_INFO_URL);
                    // An entity id is a name, which SAML compares character by character.
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
     * Whether credentials that were entered here may be sent to the other one. Where addresses have to be entered, a lender
     * may go without: it is for the server that its name says.
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
     * The issuer says whose word it is, if it is asked at that provider's own addresses. Where neither names an issuer,
     * which Keycloak then does not check, the addresses must be the very same.
     */
    private boolean isSameOpenIdProviderAs(ProviderServer other) {
        if (!issuers().equals(other.issuers())) {
            return false;
        }
        if (issuers().isEmpty()) {
            return hasSame(other, AUTHORIZATION_URL)
                    && hasSame(other, TOKEN_URL)
                    && asksNobodyBeside(other, USER_INFO_URL, JWKS_URL);
        }
        return config.containsKey(TOKEN_URL) && asksNobodyBeside(other, TOKEN_URL, USER_INFO_URL, JWKS_URL);
    }

    /** Keycloak takes several, with commas between them. Not parsed: they are names, compared as OpenID Connect does. */
    private Set<String> issuers() {
        return Arrays.stream(config.getOrDefault(ISSUER, "").split(","))
                .map(String::strip)
                .filter(issuer -> !issuer.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean hasSame(ProviderServer other, String key) {
        return address(key).isPresent() && address(key).equals(other.address(key));
    }

    /** Whether each of these addresses, if there is one, is at an origin where the other one asks as well. */
    private boolean asksNobodyBeside(ProviderServer other, String... keys) {
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
