package io.github.multiclientauth.testbed.provider.linkedin;

import io.github.multiclientauth.testbed.provider.oauth.Discovery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** LinkedIn's metadata. Keycloak reads it once and keeps it. */
final class LinkedInDiscovery {

    static final String ISSUER = "https://www.linkedin.com/oauth";
    static final String PATH = "/oauth/.well-known/openid-configuration";
    static final String AUTHORIZATION = "/oauth/v2/authorization";
    static final String TOKEN = "/oauth/v2/accessToken";
    static final String KEYS = "/oauth/openid/jwks";
    static final String USERINFO = "/v2/userinfo";
    static final String HOST = "www.linkedin.com";
    static final String API_HOST = "api.linkedin.com";

    private LinkedInDiscovery() {}

    static Discovery document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", ISSUER);
        document.put("authorization_endpoint", "https://" + HOST + AUTHORIZATION);
        document.put("token_endpoint", "https://" + HOST + TOKEN);
        document.put("userinfo_endpoint", "https://" + API_HOST + USERINFO);
        document.put("jwks_uri", "https://" + HOST + KEYS);
        document.put("response_types_supported", List.of("code"));
        document.put("subject_types_supported", List.of("pairwise"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("scopes_supported", List.of("openid", "profile", "email"));
        document.put(
                "claims_supported",
                List.of(
                        "iss",
                        "aud",
                        "iat",
                        "exp",
                        "sub",
                        "name",
                        "given_name",
                        "family_name",
                        "picture",
                        "email",
                        "email_verified",
                        "locale"));
        return new Discovery(document);
    }
}
