package io.github.multiclientauth.testbed.provider;

import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * An OAuth app as registered at GitHub.
 *
 * @param callback the one callback URL that GitHub lets an app register
 */
public record OAuthApp(String clientId, String clientSecret, String name, URI callback) {

    boolean hasSecret(String presented) {
        return MessageDigest.isEqual(
                clientSecret.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * GitHub's rule: same host and port as the registered callback, path equal or below it. Its exceptions for
     * sub-domains and for the port of 127.0.0.1 are left out: what passes here passes there.
     *
     * @see <a href="https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#redirect-urls">
     *     Redirect URLs</a>
     */
    boolean permits(String redirectUri) {
        Optional<Origin> origin = Origin.ofUrl(redirectUri);
        if (origin.isEmpty() || !origin.equals(Origin.ofUrl(callback.toString()))) {
            return false;
        }
        URI uri = URI.create(redirectUri);
        String path = uri.getPath();
        String base = callback.getPath();
        // Dot segments, also encoded ones: they would lead out of the directory that the text seems to be in.
        boolean plain = uri.normalize().getPath().equals(path) && !path.contains("..");
        return plain && uri.getRawFragment() == null && (path.equals(base) || path.startsWith(directory(base)));
    }

    private static String directory(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    /** Keeps the secret out of messages. */
    @Override
    public String toString() {
        return "OAuthApp[" + clientId + ", " + callback + "]";
    }
}
