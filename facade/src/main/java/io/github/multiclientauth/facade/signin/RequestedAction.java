package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.session.Session;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an application asks Keycloak to do with its user ({@code kc_action}): link an account at a provider, or add a
 * credential. The browser carries it to Keycloak, where somebody else may be signed in: so the transaction remembers the
 * person who asked, and the callback compares.
 *
 * @param value of the parameter
 * @param person who asked, as a hash of Keycloak's id
 */
record RequestedAction(String value, String person) {

    /** The parameter of the callback, and then of the application's address, that says how it ended. */
    static final String STATUS = "kc_action_status";

    static final String CANCELLED = "cancelled";
    static final String ERROR = "error";

    private static final String PARAMETER = "kc_action";

    /** Followed by the alias of the provider. */
    private static final String LINK = "idp_link:";

    /** Keycloak has more, such as the deletion of the account. A link of an application must not lead there. */
    private static final List<String> CREDENTIALS =
            List.of("webauthn-register-passwordless", "webauthn-register", "CONFIGURE_TOTP", "UPDATE_PASSWORD");

    private static final List<String> STATUSES = List.of("success", CANCELLED, ERROR);

    /** The parameter that tells the extension for whom it is meant: Keycloak's session. */
    private static final String SESSION = "client_session";

    private static final String SEPARATOR = " ";
    private static final int HASH_BYTES = 16;

    /** The action of a request without a {@link #problem}. */
    static Optional<RequestedAction> of(AuthRequest request, Session session) {
        return requested(request)
                .map(value -> new RequestedAction(value, hash(session.identity().subject())));
    }

    static Optional<String> requested(AuthRequest request) {
        return request.query().get(PARAMETER);
    }

    /** What is wrong with the action of a request. */
    static Optional<String> problem(AuthRequest request) {
        Optional<String> requested = requested(request);
        if (requested.isEmpty()) {
            return request.body()
                    .get(PARAMETER)
                    .map(value -> "kc_action is in the body, where it has no effect: it belongs into the address");
        }
        String value = requested.get();
        if (linked(value).isEmpty() && !CREDENTIALS.contains(value)) {
            return Optional.of("kc_action has to be idp_link:<provider>, " + String.join(", ", CREDENTIALS) + ": \""
                    + value + "\"");
        }
        return request.query()
                .get("prompt")
                .filter("none"::equals)
                .map(prompt -> "kc_action cannot be performed with prompt=none");
    }

    /** The provider that a request wants to link, if the application does not offer it. */
    static Optional<String> notOffered(AuthRequest request) {
        return requested(request)
                .flatMap(RequestedAction::linked)
                .filter(alias -> request.application().providers().stream()
                        .map(Provider::alias)
                        .noneMatch(alias::equals));
    }

    /** Keycloak's own login page is no provider that could be linked. */
    private static Optional<String> linked(String value) {
        return Optional.of(value)
                .filter(action -> action.startsWith(LINK))
                .map(action -> action.substring(LINK.length()))
                .filter(alias -> Provider.isAlias(alias) && !alias.equals(Provider.KEYCLOAK));
    }

    /** The parameters for Keycloak. */
    Map<String, String> parameters(Session session) {
        return Map.of(PARAMETER, value, SESSION, session.identity().sid());
    }

    /** Whether this user has asked for it. */
    boolean isOf(String subject) {
        return hash(subject).equals(person);
    }

    /** How it ended, as Keycloak's answer says. Without a word about it, Keycloak has not performed it. */
    static String status(AuthorizationResponse response) {
        return response.actionStatus().filter(STATUSES::contains).orElse(ERROR);
    }

    /** A few words for {@link #read}, without a line break or a tab. */
    String write() {
        return value + SEPARATOR + person;
    }

    /** @throws IllegalArgumentException if nothing has written these words */
    static RequestedAction read(String words) {
        String[] parts = words.split(SEPARATOR);
        if (parts.length != 2) {
            throw new IllegalArgumentException("no action");
        }
        return new RequestedAction(parts[0], parts[1]);
    }

    private static String hash(String subject) {
        byte[] hash = Sha256.of("person of the action " + subject);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
    }
}
