package io.github.multiclientauth.facade.oidc;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The facade that runs on this machine with the same settings, as far as its metrics tell. The doctor runs beside it. */
public final class RunningFacade {

    private static final int LIMIT_MILLIS = 2000;
    private static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern UNTRUSTED_PROXY = Pattern.compile(
            "^multi_client_auth_refused_requests_total\\{[^}\\n]*reason=\"untrusted_proxy\"[^}\\n]*} ([0-9.E]+)$",
            Pattern.MULTILINE);

    private RunningFacade() {}

    /** The number of requests that it has refused because it does not trust their proxy; 0 if none runs here. */
    public static long requestsOfUntrustedProxies(Config settings) {
        String host = settings.getOptionalValue("quarkus.management.host", String.class)
                .filter(name -> !name.equals("0.0.0.0"))
                .orElse("127.0.0.1");
        int port = settings.getValue("quarkus.management.port", Integer.class);
        try {
            return untrusted(read(URI.create("http://" + host + ":" + port + "/q/metrics")));
        } catch (IOException | IllegalArgumentException noneRuns) {
            return 0;
        }
    }

    static long untrusted(String metrics) {
        Matcher found = UNTRUSTED_PROXY.matcher(metrics);
        return found.find() ? (long) Double.parseDouble(found.group(1)) : 0;
    }

    private static String read(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        try (var body = connection.getInputStream()) {
            return new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }
}
