package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * Sends requests and reads complete answers. It limits the size of an answer, compressed and uncompressed, and the time
 * until its last byte. Redirects are not followed, since they could lead anywhere, and no request is sent twice.
 */
final class LimitedClient {

    static {
        // Both are read once. Longer than the poll of the directory, shorter than a firewall forgets a silent
        // connection.
        setUnlessSet("jdk.httpclient.keepalive.timeout", "30");
        // For names that are not host names by RFC 1123, see addressed().
        setUnlessSet("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    /** The list of applications is a thousand times larger than other answers. */
    private static final int FOR_THE_DIRECTORY = 3;

    private static final String GZIP = "gzip";

    private final HttpClient client;
    private final Duration connect;
    private final Duration read;

    /** Makes a client that shows no certificate. */
    LimitedClient(Duration connect, Duration read, Optional<TrustedCertificates> trusted) {
        this(connect, read, trusted, Optional.empty());
    }

    /**
     * @param connect time until a connection is there
     * @param read time from then on, until the last byte of the answer
     * @param trusted trusted certificate authorities; empty for those of the JDK
     * @param keys whose certificates are shown if the server asks for one
     */
    LimitedClient(Duration connect, Duration read, Optional<TrustedCertificates> trusted, Optional<ClientKeys> keys) {
        this.connect = connect;
        this.read = read;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect);
        tls(trusted, keys).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** Empty for the JDK's own settings, which may name a key store. */
    private static Optional<SSLContext> tls(Optional<TrustedCertificates> trusted, Optional<ClientKeys> keys) {
        Optional<KeyManager[]> shown = keys.filter(own -> System.getProperty("javax.net.ssl.keyStore") == null)
                .map(own -> new KeyManager[] {new ClientCertificates(own)});
        if (trusted.isEmpty() && shown.isEmpty()) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    shown.orElse(null),
                    trusted.map(TrustedCertificates::managers).orElse(null),
                    null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Sends a request and returns the uncompressed answer.
     *
     * @throws IOException if there is no answer, or the answer exceeds a limit of the endpoint. Its message does not
     *     quote the answer
     */
    HTTPResponse send(KeycloakEndpoint endpoint, HTTPRequest request) throws IOException {
        HttpResponse<byte[]> answer = exchange(endpoint, request);
        HTTPResponse response = new HTTPResponse(answer.statusCode());
        answer.headers().map().forEach((name, values) -> response.setHeader(name, values.toArray(new String[0])));
        byte[] body = unpacked(answer, endpoint.maxBytes());
        response.setBody(body.length == 0 ? null : new String(body, StandardCharsets.UTF_8));
        return response;
    }

    private HttpResponse<byte[]> exchange(KeycloakEndpoint endpoint, ReadOnlyHTTPRequest request) throws IOException {
        Duration within = longest(endpoint);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(http(request), head -> new LimitedBody(endpoint.maxBytes()));
        try {
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no complete answer within " + within.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the facade is being stopped");
        } catch (ExecutionException e) {
            throw failure(request.getURI(), e.getCause());
        } finally {
            // After a complete answer this does nothing. Otherwise it closes the connection.
            answer.cancel(true);
        }
    }

    /** The longest time for a complete answer, however slowly it arrives. */
    Duration longest(KeycloakEndpoint endpoint) {
        return connect.plus(endpoint == KeycloakEndpoint.DIRECTORY ? read.multipliedBy(FOR_THE_DIRECTORY) : read);
    }

    /** The failure in words that an operator knows. */
    private static IOException failure(URI address, Throwable cause) {
        for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
            if (deeper instanceof UnresolvedAddressException) {
                return new UnknownHostException(address.getHost());
            }
        }
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return new ConnectException("no connection to " + address.getRawAuthority());
        }
        return cause instanceof IOException known ? known : new IOException("the request failed", cause);
    }

    private static HttpRequest http(ReadOnlyHTTPRequest request) throws IOException {
        URI address = request.getURI();
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(addressed(address));
            if (address.getHost() == null) {
                builder.header("Host", address.getRawAuthority());
            }
            request.getHeaderMap().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
            String body = request.getBody();
            return builder.method(
                            request.getMethod().name(),
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException("nothing can be sent to " + address, e);
        }
    }

    /**
     * The address in a form that java.net.http accepts. Names of containers may contain an underscore, which a host
     * name may not (RFC 1123, section 2.1). For those it uses the IP address, and puts the name in the Host header. Not
     * with https: no certificate could have that name.
     */
    private static URI addressed(URI given) throws UnknownHostException {
        String authority = given.getRawAuthority();
        if (given.getHost() != null || authority == null || !"http".equalsIgnoreCase(given.getScheme())) {
            return given;
        }
        int colon = authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String ip = InetAddress.getByName(host).getHostAddress();
        String path = given.getRawPath() + (given.getRawQuery() == null ? "" : "?" + given.getRawQuery());
        return URI.create(
                "http://" + (ip.contains(":") ? "[" + ip + "]" : ip) + authority.substring(host.length()) + path);
    }

    private static byte[] unpacked(HttpResponse<byte[]> answer, int maxBytes) throws IOException {
        List<String> codings = answer.headers().allValues("Content-Encoding");
        if (answer.body().length == 0 || codings.isEmpty()) {
            return answer.body();
        }
        if (codings.size() != 1 || !codings.get(0).equalsIgnoreCase(GZIP)) {
            throw new IOException("the answer is packed in a way that was not asked for");
        }
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            byte[] bytes = content.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw LimitedBody.tooLarge(maxBytes);
            }
            return bytes;
        }
    }
}
