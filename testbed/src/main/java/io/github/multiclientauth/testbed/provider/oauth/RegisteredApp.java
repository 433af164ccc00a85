package io.github.multiclientauth.testbed.provider.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * An OAuth app that is registered at a provider.
 *
 * @param name the name on the consent page
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

    /** Keeps the secret out of messages. */
    @Override
    public String toString() {
        return "RegisteredApp[" + clientId + ", " + callbacks + "]";
    }
}
