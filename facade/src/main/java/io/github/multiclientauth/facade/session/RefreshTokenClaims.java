package io.github.multiclientauth.facade.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.session.SessionCookies.RefreshToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The content of the second cookie: a refresh token, and the Keycloak session that it belongs to. */
final class RefreshTokenClaims {

    private static final JsonFactory JSON = new JsonFactory();

    private RefreshTokenClaims() {}

    static byte[] write(RefreshToken refreshToken) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sid", refreshToken.sid())
                .put("refreshToken", refreshToken.token().reveal())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A cookie that opens was sealed here. Unreadable content is a bug, not an attack, and is treated as no token. */
    static Optional<RefreshToken> parse(byte[] content) {
        String sid = null;
        String token = null;
        try (JsonParser json = JSON.createParser(content)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "sid" -> sid = json.getValueAsString();
                    case "refreshToken" -> token = json.getValueAsString();
                    default -> json.skipChildren();
                }
            }
            return json.currentToken() == JsonToken.END_OBJECT && sid != null && token != null
                    ? Optional.of(new RefreshToken(sid, new Secret(token)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
