package io.github.multiclientauth.bench;

import io.github.multiclientauth.origin.Origin;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a load asks a server.
 *
 * @param headers beside the cookies
 */
record Question(String path, Map<String, String> headers) {

    /** Who is signed in. */
    static final Question SESSION = new Question("/api/auth/session", Map.of());

    /** What a reverse proxy asks. */
    static Question verify(Origin origin) {
        return new Question("/api/auth/verify", Map.of("X-Original-URL", origin + "/orders/7?page=2"));
    }

    /** The same from a proxy with the secret, which gets the access token too. */
    static Question verify(Origin origin, String secret) {
        Map<String, String> headers = new LinkedHashMap<>(verify(origin).headers());
        headers.put("X-Forward-Auth-Secret", secret);
        return new Question("/api/auth/verify", headers);
    }
}
