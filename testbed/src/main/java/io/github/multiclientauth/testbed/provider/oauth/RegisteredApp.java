package io.github.multiclientauth.testbed.provider.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * An OAuth app as registered at a provider.
 *
 * @param name what the consent page calls it
 * @param callbacks its redirect URIs
 */
public record RegisteredApp(String clientId, String clientSecret, String name, Set<String> callbacks) {

    public RegisteredApp {
        callbacks = Set.copyOf(callbacks);
    }

    boolean hasSecret(String presented) {
        return MessageDigest.isEqual(
                clientSecret.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether {@code redirectUri} is one of the callbacks, character by character: redirect URIs are the one kind of URL
     * whose comparison as text is the rule, and all of these providers follow it.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-2.1">RFC 9700, section 2.1</a>
     */
    boolean permits(String redirectUri) {
        return callbacks.contains(redirectUri);
    }

    /** Keeps the secret out of messages. */
    @Override
    public String toString() {
        return "RegisteredApp[" + clientId + ", " + callbacks + "]";
    }
}
