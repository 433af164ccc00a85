package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.wire.AuthErrorCode;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Route;
import io.github.multiclientauth.origin.Origin;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a preview signs people in although Keycloak knows no redirect URI of it: the answer comes to the application's
 * callback origin, which hands it on.
 *
 * <ol>
 *   <li>At the preview, {@link #state} seals where it is to be handed on to. The transaction stays there, in a cookie of the
 *       preview's own host.
 *   <li>At the callback origin, {@link #pass} sends the answer there, sealed, if the preview is one of this application
 *       still. It has no cookie to compare with and redeems nothing.
 *   <li>At the preview, {@link #receive} takes it. The state in it must be that of a transaction of this browser, whose
 *       PKCE verifier alone redeems the code (RFC 7636): what is handed off is useless in any other browser.
 * </ol>
 *
 * <p>At every step the application is the one that the directory names for that host at that moment.
 */
final class PreviewRelay {

    /** Only the browser's way from one host to the other, and slow networks. */
    static final Duration HAND_OFF_LIFETIME = Duration.ofSeconds(60);

    static final String HAND_OFF = "hand_off";

    /** In characters: half of what every server should take in a request line (RFC 9112, section 3). */
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

    /** The {@code state} of a sign-in that begins at a preview: sealed with a random vector, so that nobody guesses it. */
    String state(AuthRequest request) {
        return seals.previewState(clientId(request.application()))
                .seal(new PreviewState(request.origin(), clock.instant()).write());
    }

    /** At the callback origin: on to the preview, or a refusal; empty if this is no preview's sign-in. */
    Optional<Reply> pass(AuthRequest callback, AuthorizationResponse response) {
        return response.state()
                .flatMap(seals.previewState(clientId(callback.application()))::open)
                .flatMap(PreviewState::read)
                .map(state -> pass(callback, response, state));
    }

    private Reply pass(AuthRequest callback, AuthorizationResponse response, PreviewState state) {
        if (!clock.instant().isBefore(state.startedAt().plus(transactionLifetime))) {
            return refused(callback, "the preview's sign-in began too long ago");
        }
        if (!isPreview(state.preview(), callback)) {
            return refused(callback, "the application has no such preview, or another callback origin, by now");
        }
        String sealed = seals.handOff(clientId(callback.application()))
                .seal(new HandOff(state.preview(), response, clock.instant()).write());
        Optional<String> location = SignIn.offered(callback)
                .map(provider -> state.preview() + Route.BASE_PATH + "/callback/" + provider.alias() + "?" + HAND_OFF
                        + "=" + sealed)
                .filter(url -> url.length() <= MAX_LOCATION);
        if (location.isEmpty()) {
            return refused(callback, "it names no provider of the application, or is too long to be Keycloak's");
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

    /** At a preview: what was handed off to it, and to no other, just now. Whether this browser may use it is not known yet. */
    Optional<AuthorizationResponse> receive(AuthRequest callback) {
        return callback.query()
                .nonEmpty(HAND_OFF)
                .flatMap(seals.handOff(clientId(callback.application()))::open)
                .flatMap(HandOff::read)
                .filter(handOff -> handOff.preview().equals(callback.origin()))
                .filter(handOff -> clock.instant().isBefore(handOff.at().plus(HAND_OFF_LIFETIME)))
                .map(HandOff::response);
    }

    private Reply refused(AuthRequest request, String reason) {
        events.report(new SignInEvent.HandOffRefused(request, reason));
        return request.toErrorPage(AuthErrorCode.CONFIGURATION);
    }

    private static String clientId(Application application) {
        return application.clientId().value();
    }
}
