package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.client.Recognition.Reason;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.facade.signin.TransactionName;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.RequestCookies;
import io.github.multiclientauth.origin.Origin;
import java.util.Comparator;
import java.util.Optional;

/**
 * Recognises applications at an origin of the facade's own, which serves applications of other origins. The first of these
 * that is present names the application, and it must be a known one:
 *
 * <ol>
 *   <li>The {@code Origin} header, which no page can forge. At a callback it is ignored: it may be Keycloak's.
 *   <li>The {@code x-client-origin} header of a server, or the query parameter {@code client_origin} of our own pages.
 *   <li>The origin of the {@code callbackUrl}.
 *   <li>{@code Referer}.
 * </ol>
 *
 * A callback belongs to the application that started the sign-in with this {@code state} in this browser.
 *
 * <p>None of these gives any rights. They only choose the application whose cookies are read.
 */
final class CentralHost {

    private final CentralOrigins origins;

    CentralHost(CentralOrigins origins) {
        this.origins = origins;
    }

    /** The parts of a request that can name an application. Null for a header that is absent. */
    record Hints(String origin, String clientOrigin, String referer, Parameters query) {}

    boolean isAt(Origin host) {
        return origins.origins().contains(host);
    }

    Recognition recognize(Origin host, Hints hints, DirectorySnapshot directory) {
        Optional<String> named = named(host, hints);
        if (named.isEmpty()) {
            return new Refused(Reason.NO_ORIGIN);
        }
        Optional<Origin> origin = CallbackUrl.originOf(named.get());
        if (origin.isEmpty()) {
            return new Refused(Reason.UNKNOWN_ORIGIN);
        }
        return directory.recognize(origin.get()).match(recognized -> recognized.at(host), refused -> refused);
    }

    /** What names the application, as sent; empty if nothing does. */
    static Optional<String> named(Origin host, Hints hints) {
        return foreign(hints.origin(), host)
                .or(() -> Optional.ofNullable(hints.clientOrigin()))
                .or(() -> hints.query().nonEmpty(AuthRequest.CLIENT_ORIGIN))
                .or(() -> hints.query().nonEmpty("callbackUrl").filter(CentralHost::isAbsolute))
                .or(() -> foreign(hints.referer(), host));
    }

    /** @param state of the callback. Until the transaction is opened, any origin of the application stands for the right one */
    Recognition recognizeCallback(
            Origin host, Optional<String> state, RequestCookies cookies, DirectorySnapshot directory) {
        if (!directory.isReady()) {
            return new Refused(Reason.NOT_READY);
        }
        return state.flatMap(value -> TransactionName.applicationOf(value, cookies, directory))
                .<Recognition>map(application -> new Recognized(application, anyOrigin(application), host, true))
                .orElse(new Refused(Reason.NO_ORIGIN));
    }

    private static Origin anyOrigin(Application application) {
        return application.origins().stream()
                .min(Comparator.comparing(Origin::toString))
                .orElseThrow();
    }

    /** Empty for a header that names no application: {@code null}, and the facade's own origin. */
    private static Optional<String> foreign(String header, Origin host) {
        return Optional.ofNullable(header)
                .filter(text -> !text.equals("null"))
                .filter(text -> !CallbackUrl.originOf(text).equals(Optional.of(host)));
    }

    private static boolean isAbsolute(String url) {
        return CallbackUrl.isWebUrlOrPath(url) && !url.startsWith("/");
    }
}
