package io.github.multiclientauth.testbed.provider.auth0;

import io.github.multiclientauth.testbed.provider.oauth.Discovery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metadata of a tenant. */
final class Auth0Discovery {

    static final String PATH = "/.well-known/openid-configuration";
    static final String AUTHORIZE = "/authorize";
    static final String TOKEN = "/oauth/token";
    static final String USERINFO = "/userinfo";
    static final String KEYS = "/.well-known/jwks.json";

    private Auth0Discovery() {}

    /** The issuer. It ends with a slash, in the ID token as well. */
    static String issuer(String tenant) {
        return "https://" + tenant + "/";
    }

    static Discovery document(String tenant) {
        String address = "https://" + tenant;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer(tenant));
        document.put("authorization_endpoint", address + AUTHORIZE);
        document.put("token_endpoint", address + TOKEN);
        document.put("userinfo_endpoint", address + USERINFO);
        document.put("jwks_uri", address + KEYS);
        document.put("scopes_supported", List.of("openid", "profile", "offline_access", "email"));
        document.put("response_types_supported", List.of("code"));
        document.put("response_modes_supported", List.of("query"));
        document.put("code_challenge_methods_supported", List.of("S256", "plain"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        document.put(
                "claims_supported",
                List.of(
                        "aud",
                        "email",
                        "email_verified",
                        "exp",
                        "family_name",
                        "given_name",
                        "iat",
                        "iss",
                        "name",
                        "nickname",
                        "picture",
                        "sub"));
        return new Discovery(document);
    }
}
