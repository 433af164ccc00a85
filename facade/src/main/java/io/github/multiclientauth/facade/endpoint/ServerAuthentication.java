package io.github.multiclientauth.facade.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.EndpointAddress;
import io.github.multiclientauth.facade.wire.Route;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a request comes from the application's own server: it has the application's {@code AUTH_SECRET} or the client secret
 * of Keycloak. It shows the secret, in the form or by HTTP Basic, or signs an assertion with it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3">RFC 6749, section 2.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-2.2">RFC 7523, section 2.2</a>
 */
public final class ServerAuthentication {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String BASIC = "Basic ";

    private final ApplicationSeals seals;
    private final ClientAssertions assertions;

    public ServerAuthentication(ApplicationSeals seals, Clock clock) {
        this.seals = seals;
        this.assertions = new ClientAssertions(clock);
    }

    /** @param reason for the operator */
    record Refusal(TokenError error, String reason) {}

    /** The reason why the request does not come from the application's server; empty if it does. */
    Optional<Refusal> refusal(AuthRequest request) {
        Optional<String> basic = request.client().proof().authorization();
        Optional<String> secret = request.body().get("client_secret");
        Optional<String> assertion = request.body().get("client_assertion");
        if (Stream.of(basic, secret, assertion).filter(Optional::isPresent).count() > 1) {
            return Optional.of(new Refusal(TokenError.INVALID_REQUEST, "it authenticates in more than one way"));
        }
        if (request.body()
                .get("client_id")
                .filter(id -> !id.equals(clientId(request)))
                .isPresent()) {
            return wrong("its client_id is not the one of the application");
        }
        if (assertion.isPresent()) {
            return request.body().get("client_assertion_type").equals(Optional.of(ASSERTION_TYPE))
                    ? assertions
                            .refusal(assertion.get(), clientId(request), secrets(request), address(request))
                            .map(what -> new Refusal(TokenError.INVALID_CLIENT, "its client assertion " + what))
                    : wrong("its client_assertion_type is not the one for a JWT");
        }
        if (secret.isPresent()) {
            return request.body().get("client_id").isEmpty()
                    ? wrong("it has a secret and no client_id")
                    : shows(request, Stream.of(secret.get()));
        }
        return basic.map(header -> basic(request, header)).orElseGet(() -> wrong("it does not authenticate"));
    }

    private static Optional<Refusal> wrong(String reason) {
        return Optional.of(new Refusal(TokenError.INVALID_CLIENT, reason));
    }

    /** Many clients do not encode the two parts, as RFC 6749, section 2.3.1, wants it. */
    private Optional<Refusal> basic(AuthRequest request, String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return wrong("its Authorization is not Basic");
        }
        String pair = decoded(header.substring(BASIC.length()).strip());
        int colon = pair.indexOf(':');
        String id = pair.substring(0, Math.max(colon, 0));
        if (colon < 0 || !List.of(id, unescaped(id)).contains(clientId(request))) {
            return wrong("the client in its Authorization is not the one of the application");
        }
        String secret = pair.substring(colon + 1);
        return shows(request, Stream.of(secret, unescaped(secret)));
    }

    private Optional<Refusal> shows(AuthRequest request, Stream<String> shown) {
        List<Secret> secrets = secrets(request);
        List<Secret> given =
                shown.filter(text -> !text.isEmpty()).map(Secret::new).toList();
        boolean right = false;
        // Each with each, so that the time says nothing about which of them it was.
        for (Secret secret : secrets) {
            for (Secret each : given) {
                right |= secret.equals(each);
            }
        }
        return right ? Optional.empty() : wrong("its secret is wrong");
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String clientId(AuthRequest request) {
        return request.application().clientId().value();
    }

    private List<Secret> secrets(AuthRequest request) {
        List<Secret> secrets = new ArrayList<>(seals.secrets(request.keyHolder()));
        request.application()
                .authentication()
                .<Optional<Secret>>match(
                        known -> Optional.of(known.secret()), signed -> Optional.empty(), none -> Optional.empty())
                .ifPresent(secrets::add);
        return secrets;
    }

    /**
     * The address that a proof has to be for: at the application's origin, or at that of the facade's own that received the
     * request. Not any host that the request names: who is given a proof could send it on.
     */
    static EndpointAddress address(AuthRequest request) {
        return new EndpointAddress(
                Stream.of(request.origin(), request.recognized().host()).collect(Collectors.toSet()),
                Route.BASE_PATH + "/token");
    }
}
