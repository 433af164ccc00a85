package io.github.multiclientauth.testbed.provider.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * A PKCE code challenge.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636#section-4">RFC 7636, section 4</a>
 */
public record Challenge(Method method, String value) {

    public enum Method {
        S256("S256"),
        PLAIN("plain");

        private final String parameter;

        Method(String parameter) {
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }
    }

    boolean isProvenBy(String verifier) {
        String expected = method == Method.PLAIN
                ? verifier
                : Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier));
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }
}
