package io.github.multiclientauth.testbed.provider.github;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.provider.oauth.RedirectRule;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import java.net.URI;
import java.util.Optional;

/**
 * GitHub's rule for redirect URIs: the host and port of the one registered callback, and its path or one below it. Without a redirect URI
 * the callback counts. GitHub's exceptions for sub-domains and for the port of 127.0.0.1 are left out, so this is stricter than GitHub.
 *
 * @see <a href="https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#redirect-urls">
 *     Redirect URLs</a>
 */
final class GitHubRedirects implements RedirectRule {

    @Override
    public Optional<String> resolve(RegisteredApp app, String sent) {
        String callback = app.callbacks().iterator().next();
        return Optional.of(sent == null ? callback : sent).filter(redirect -> isBelow(redirect, callback));
    }

    private static boolean isBelow(String redirect, String callback) {
        Optional<Origin> origin = Origin.ofUrl(redirect);
        if (origin.isEmpty() || !origin.equals(Origin.ofUrl(callback))) {
            return false;
        }
        URI uri = URI.create(redirect);
        String path = uri.getPath();
        String base = URI.create(callback).getPath();
        // Refuses dot segments, including encoded ones, because they would leave the directory.
        boolean plain = uri.normalize().getPath().equals(path) && !path.contains("..");
        return plain && uri.getRawFragment() == null && (path.equals(base) || path.startsWith(directory(base)));
    }

    private static String directory(String path) {
        return path.endsWith("/") ? path : path + "/";
    }
}
