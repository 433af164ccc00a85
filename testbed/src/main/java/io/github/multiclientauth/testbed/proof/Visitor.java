package io.github.multiclientauth.testbed.proof;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Connection.KeyVal;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/**
 * A simple browser: keeps cookies, follows redirects and submits forms. For one thread. No browser may receive a token: an answer with one
 * is a failure.
 */
public final class Visitor {

    private static final int MAX_REDIRECTS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** What a server sends to prove who it is, and no browser. Tests use a visitor for that, too. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("\\b(?:client_secret|client_assertion|grant_type)(?:=|\" *:)");

    private static final HttpClient USUAL = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private final CookieJar cookies;
    private final List<Answer> history = new ArrayList<>();
    private final HttpClient client;

    public Visitor() {
        this(USUAL);
    }

    /** @param client reaches the visited hosts; must not follow redirects or keep cookies itself */
    public Visitor(HttpClient client) {
        this(client, new CookieJar(Clock.systemUTC()));
    }

    private Visitor(HttpClient client, CookieJar cookies) {
        this.client = client;
        this.cookies = cookies;
    }

    /** Another tab of this browser, with the same cookies and a history of its own. Each tab can be used by another thread. */
    public Visitor tab() {
        return new Visitor(client, cookies);
    }

    public CookieJar cookies() {
        return cookies;
    }

    /** Every answer so far, redirects included. */
    public List<Answer> history() {
        return List.copyOf(history);
    }

    /** One request; a redirect is returned, not followed. {@code headers} are name, value, name, value… */
    public Answer get(URI address, String... headers) {
        return send(request(address, headers).GET(), "");
    }

    /** Posts a form; a redirect is returned, not followed. */
    public Answer post(URI address, Map<String, String> form, String... headers) {
        String body = Parameters.encode(form);
        return send(
                request(address, headers)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)),
                body);
    }

    /** Posts JSON; a redirect is returned, not followed. */
    public Answer postJson(URI address, String json, String... headers) {
        return send(
                request(address, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)),
                json);
    }

    /** Requests {@code address} and follows redirects. */
    public Answer browse(URI address) {
        return follow(get(address));
    }

    /** Follows redirects up to the first page. */
    public Answer follow(Answer answer) {
        Answer current = answer;
        for (int i = 0; current.location().isPresent(); i++) {
            if (i == MAX_REDIRECTS) {
                throw new ProofFailedException("Redirected more than " + MAX_REDIRECTS + " times, last " + current);
            }
            current = get(current.location().get());
        }
        return current;
    }

    /**
     * Follows redirects until one leads to {@code origin}, and returns that one without following it. The caller can then use what it
     * would pass on.
     *
     * @throws ProofFailedException if a page comes first
     */
    public Answer followTo(Answer answer, Origin origin) {
        Answer current = answer;
        for (int i = 0; i < MAX_REDIRECTS; i++) {
            URI next = current.location().orElse(null);
            if (next == null) {
                throw new ProofFailedException("A redirect to " + origin + " was expected, but this came: " + current);
            }
            if (Origin.ofUrl(next.toString()).equals(Optional.of(origin))) {
                return current;
            }
            current = get(next);
        }
        throw new ProofFailedException("Redirected more than " + MAX_REDIRECTS + " times, last " + current);
    }

    /**
     * Submits the form that {@code button} belongs to by pressing it; a redirect is returned, not followed.
     *
     * @param button selects the button, in CSS
     */
    public Answer press(Answer page, String button) {
        Element pressed = page.document().selectFirst(button);
        if (pressed == null || !(pressed.closest("form") instanceof FormElement form)) {
            throw new ProofFailedException("No form with the button " + button + " on " + page);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (KeyVal field : form.formData()) {
            fields.put(field.key(), field.value());
        }
        if (pressed.hasAttr("name")) {
            fields.put(pressed.attr("name"), pressed.attr("value"));
        }
        URI action = URI.create(
                form.hasAttr("action") ? form.absUrl("action") : page.address().toString());
        return form.attr("method").equalsIgnoreCase("post")
                ? post(action, fields)
                : get(URI.create(Parameters.append(action.toString(), fields)));
    }

    private HttpRequest.Builder request(URI address, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(TIMEOUT).header("User-Agent", "Visitor of the testbed");
        if (headers.length > 0) {
            request.headers(headers);
        }
        cookies.header(address).ifPresent(header -> request.header("Cookie", header));
        return request;
    }

    private Answer send(HttpRequest.Builder builder, String body) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            Answer answer = new Answer(request.uri(), response.statusCode(), response.headers(), response.body());
            cookies.receive(request.uri(), answer.setCookies());
            history.add(answer);
            if (isOfABrowser(request, body)) {
                refuseTokens(answer);
            }
            return answer;
        } catch (IOException unreachable) {
            throw new ProofFailedException(
                    request.uri().getAuthority() + " does not answer: " + unreachable, unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProofFailedException("Interrupted", interrupted);
        }
    }

    private static boolean isOfABrowser(HttpRequest request, String body) {
        boolean proves = CREDENTIALS.matcher(body).find()
                || CREDENTIALS.matcher(request.uri().toString()).find()
                || request.headers().firstValue("Authorization").isPresent()
                || request.headers().firstValue("X-Forward-Auth-Secret").isPresent();
        return !proves
                || request.headers().firstValue("Origin").isPresent()
                || request.headers().firstValue("Sec-Fetch-Site").isPresent();
    }

    private static void refuseTokens(Answer answer) {
        Stream<String> received =
                Stream.concat(answer.headers().map().values().stream().flatMap(List::stream), Stream.of(answer.body()));
        TokenCanary.in(received.collect(Collectors.joining("\n"))).ifPresent(kind -> {
            throw new ProofFailedException("A browser has received a token (" + kind + "): " + answer);
        });
    }
}
