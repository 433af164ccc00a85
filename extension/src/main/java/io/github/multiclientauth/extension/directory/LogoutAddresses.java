package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.Configurable;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.CloseableHttpClient;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Checks whether Keycloak can reach the applications' back-channel logout URLs, with the same HTTP client, proxy and
 * trust store that it uses for logout tokens. It sends an empty request, which every such URL has to refuse (OpenID
 * Connect Back-Channel Logout 1.0, section 2.8) and which ends no session.
 *
 * <p>Everyone who may change a client can make Keycloak send that to any address of its network. So only whether there
 * was an answer is reported: no status, no text, no reason. Redirects are not followed.
 */
final class LogoutAddresses {

    /** The limit for all of them together. URLs that have not answered by then count as unreachable. */
    static final Duration LIMIT = Duration.ofSeconds(15);

    private static final int AT_ONCE = 8;

    private LogoutAddresses() {}

    static Set<String> unreachable(KeycloakSession session, Collection<String> urls) {
        return urls.isEmpty()
                ? Set.of()
                : unreachable(session.getProvider(HttpClientProvider.class).getHttpClient(), urls);
    }

    static Set<String> unreachable(CloseableHttpClient client, Collection<String> urls) {
        Set<String> unreachable = new TreeSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, LogoutAddresses::thread);
        try {
            List<String> all = List.copyOf(urls);
            List<Callable<Boolean>> questions =
                    all.stream().map(url -> question(client, url)).toList();
            List<Future<Boolean>> answers = threads.invokeAll(questions, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < all.size(); i++) {
                if (!isReached(answers.get(i))) {
                    unreachable.add(all.get(i));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
        return unreachable;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "multi-client-auth-doctor");
        thread.setDaemon(true);
        return thread;
    }

    /** Only http and https URLs get a request, and none with a name and password before its host. */
    private static Callable<Boolean> question(CloseableHttpClient client, String url) {
        return () -> Origin.ofUrl(url).isPresent() && answers(client, url);
    }

    /** Closes the answer before reading its body, which may be endless. */
    private static boolean answers(CloseableHttpClient client, String url) throws IOException {
        HttpPost question = new HttpPost(url);
        question.setHeader("Content-Type", "application/x-www-form-urlencoded");
        question.setConfig(withoutRedirects(client));
        try (CloseableHttpResponse answer = client.execute(question)) {
            return answer.getStatusLine() != null;
        }
    }

    private static RequestConfig withoutRedirects(CloseableHttpClient client) {
        RequestConfig usual = client instanceof Configurable configurable ? configurable.getConfig() : null;
        return (usual == null ? RequestConfig.custom() : RequestConfig.copy(usual))
                .setRedirectsEnabled(false)
                .build();
    }

    private static boolean isReached(Future<Boolean> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException | ExecutionException e) {
            return false;
        }
    }
}
