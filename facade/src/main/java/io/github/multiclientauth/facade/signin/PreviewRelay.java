package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Route;
import io.github.multiclientauth.origin.Origin;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets a preview sign people in although Keycloak has no redirect URI for it. Keycloak's answer goes to the application's
 * callback origin, which hands it off to the preview.
 *
 * <ol>
 *   <li>At the preview, {@link #state} seals the preview's origin. The transaction stays in a cookie of the preview's host.
 *   <li>At the callback origin, {@link #pass} seals the answer and sends it to the preview, if the application still has that
 *       preview. It has no cookie to compare with and redeems nothing.
 *   <li>At the preview, {@link #receive} opens the answer. Its state must belong to a transaction of this browser, whose PKCE
 *       verifier alone redeems the code (RFC 7636). So the answer is useless in any other browser.
 * </ol>
 *
 * <p>At every step the directory says which application the host belongs to at that moment.
 */
final class PreviewRelay {

    /** Enough for a redirect from one host to the other on a slow network. */
    static final Duration HAND_OFF_LIFETIME = Duration.ofSeconds(60);

    static final String HAND_OFF = "hand_off";

    /** In characters: half of the request line that every server should accept (RFC 9112, section 3). */
    private static final int MAX_LOCATION = 4000;

    private final ClientDirectory directory;
    private final ApplicationSeals seals;
    private final Duration transactionLifetime;
    private final Clock clock;
    private final Events events;

    PreviewRelay(
            ClientDirectory directory,
            ApplicationSeals seals,
            Duration transactionLifetime,
            Clock clock,
            Events events) {
        this.directory = directory;
        this.seals = seals;
        this.transactionLifetime = transactionLifetime;
        this.clock = clock;
        this.events = events;
    }

    /** The {@code state} of a sign-in that begins at a preview. Sealed with a random vector, so that it cannot be guessed. */
    String state(AuthRequest request) {
        return seals.previewState(clientId(request.application()))
                .seal(new PreviewState(request.origin(), clock.instant()).write());
    }

    /** Answers at the callback origin: a redirect to the preview, or a refusal. Empty if it is not a preview's sign-in. */
    Optional<Reply> pass(AuthRequest callback, AuthorizationResponse response) {
        return response.state().flatMap(value -> read(callback, value)).map(state -> pass(callback, response, state));
    }

    /** Whether a sign-in of a preview has this {@code state}. */
    boolean isOfPreview(AuthRequest callback, String state) {
        return read(callback, state).isPresent();
    }

    private Optional<PreviewState> read(AuthRequest callback, String state) {
        return seals.previewState(clientId(callback.application())).open(state).flatMap(PreviewState::read);
    }

    private Reply pass(AuthRequest callback, AuthorizationResponse response, PreviewState state) {
        if (!clock.instant().isBefore(state.startedAt().plus(transactionLifetime))) {
            return refused(callback, Cause.TOOK_TOO_LONG, "the preview's sign-in began too long ago");
        }
        if (!isPreview(state.preview(), callback)) {
            return refused(
                    callback,
                    Cause.UNKNOWN_SIGN_IN,
                    "the application has no such preview, or another callback origin, by now");
        }
        String sealed = seals.handOff(clientId(callback.application()))
                .seal(new HandOff(state.preview(), response, clock.instant()).write());
        Optional<String> location = SignIn.offered(callback)
                .map(provider -> state.preview() + Route.BASE_PATH + "/callback/" + provider.alias() + "?" + HAND_OFF
                        + "=" + sealed)
                .filter(url -> url.length() <= MAX_LOCATION);
        if (location.isEmpty()) {
            return refused(
                    callback,
                    Cause.PROVIDER_NOT_OFFERED,
                    "it names no provider of the application, or is too long to be Keycloak's");
        }
        events.report(new SignInEvent.HandedOff(callback, state.preview()));
        return new Reply.SeeOther(location.get());
    }

    private boolean isPreview(Origin origin, AuthRequest callback) {
        return directory
                .snapshot()
                .recognizeHost(origin)
                .recognized()
                .filter(Recognized::isPreview)
                .filter(preview -> preview.application()
                        .clientId()
                        .equals(callback.application().clientId()))
                .filter(preview ->
                        preview.registeredOrigin().equals(callback.recognized().host()))
                .isPresent();
    }

    /** The answer that was just handed off to this preview. Whether this browser may use it is not checked yet. */
    Optional<AuthorizationResponse> receive(AuthRequest callback) {
        return callback.query()
                .nonEmpty(HAND_OFF)
                .flatMap(seals.handOff(clientId(callback.application()))::open)
                .flatMap(HandOff::read)
                .filter(handOff -> handOff.preview().equals(callback.origin()))
                .filter(handOff -> clock.instant().isBefore(handOff.at().plus(HAND_OFF_LIFETIME)))
                .map(HandOff::response);
    }

    private Reply refused(AuthRequest request, Cause cause, String reason) {
        events.report(new SignInEvent.HandOffRefused(request, reason));
        return request.toErrorPage(cause);
    }

    private static String clientId(Application application) {
        return application.clientId().value();
    }
}
