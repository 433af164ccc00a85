package io.github.multiclientauth.extension.directory;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Whether Keycloak can reach the applications' back-channel logout URLs, by the HTTP client, proxy and trust store that it
 * sends logout tokens with. What is sent is empty, which every such URL has to refuse (OpenID Connect Back-Channel Logout
 * 1.0, section 2.8) and which ends nobody's session.
 */
final class LogoutAddresses {

    /** For all of them together; those that have not answered by then count as unreachable. */
    static final Duration LIMIT = Duration.ofSeconds(15);

    private static final int AT_ONCE = 8;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int SERVER_ERROR = 500;

    private LogoutAddresses() {}

    /** @return why, in the administrator's terms, by URL; those that answer are not in it */
    static Map<String, String> unreachable(KeycloakSession session, Collection<String> urls) {
        HttpClientProvider client = session.getProvider(HttpClientProvider.class);
        Map<String, String> unreachable = new LinkedHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, LogoutAddresses::thread);
        try {
            List<String> all = List.copyOf(urls);
            List<Callable<String>> questions =
                    all.stream().map(url -> question(client, url)).toList();
            List<Future<String>> answers = threads.invokeAll(questions, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < all.size(); i++) {
                String why = why(answers.get(i));
                if (!why.isEmpty()) {
                    unreachable.put(all.get(i), all.get(i) + " " + why);
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

    private static Callable<String> question(HttpClientProvider client, String url) {
        return () -> {
            int status = client.postText(url, "");
            return status == NOT_FOUND || status == METHOD_NOT_ALLOWED || status >= SERVER_ERROR
                    ? "answers with status " + status
                    : "";
        };
    }

    /** Nothing of the network's own words: they may name hosts that the reader of this need not know. */
    private static String why(Future<String> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException e) {
            return "does not answer in time";
        } catch (ExecutionException e) {
            return e.getCause() instanceof IOException ? "cannot be reached from Keycloak" : "is no usable address";
        }
    }
}
