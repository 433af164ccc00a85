package io.github.multiclientauth.testbed.provider.oauth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The client id and the secret that came with a token request; the secret is empty if none that counts was sent. */
record ClientCredentials(String clientId, Optional<String> secret) {

    private static final String BASIC = "basic ";

    static ClientCredentials of(
            String authorization, RequestParameters parameters, Set<ClientAuthentication> accepted) {
        boolean basic = authorization != null
                && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
                && accepted.contains(ClientAuthentication.BASIC);
        if (basic) {
            return ofHeader(authorization.substring(BASIC.length()).strip());
        }
        Optional<String> secret = accepted.contains(ClientAuthentication.POST)
                ? Optional.ofNullable(parameters.get("client_secret"))
                : Optional.empty();
        return new ClientCredentials(parameters.get("client_id"), secret);
    }

    private static ClientCredentials ofHeader(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                return new ClientCredentials(
                        decode(pair.substring(0, colon)), Optional.of(decode(pair.substring(colon + 1))));
            }
        } catch (IllegalArgumentException unreadable) {
            // Treated as if no credentials were sent.
        }
        return new ClientCredentials(null, Optional.empty());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Keeps the secret out of messages. */
    @Override
    public String toString() {
        return "ClientCredentials[" + clientId + "]";
    }
}
