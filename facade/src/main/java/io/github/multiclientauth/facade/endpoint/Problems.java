package io.github.multiclientauth.facade.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.client.ApplicationPages;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.List;
import java.util.Optional;

/** Answers to requests that failed: error pages for people, JSON for programs. */
public final class Problems {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NO_PROVIDER = "This application does not offer the provider \"%s\". Available: %s.";

    private Problems() {}

    /** Answers a {@code callbackUrl} that is not an address, or is too long. */
    static Reply.Html badCallbackUrl(AuthRequest request, Cause cause, List<SetCookie> cookies) {
        Reply.Html page = page(request, cause);
        return new Reply.Html(page.status(), page.page(), cookies);
    }

    /** Who reads the answer. */
    public enum Audience {
        /** A browser that navigates: a page. */
        PERSON,
        /** A program: a JSON object with a message. */
        CLIENT,
        /** A program that would take a JSON object for a session: {@code null}. */
        SESSION_CLIENT,
        /** A server that wants an access token: an error of RFC 6749, section 5.2. */
        TOKEN_CLIENT
    }

    /** Answers a request that belongs to no application. */
    public static Reply unrecognised(Recognition.Reason reason, Reference reference, Audience audience) {
        Cause cause = switch (reason) {
            case NO_ORIGIN -> Cause.NO_ORIGIN;
            case UNKNOWN_ORIGIN -> Cause.UNKNOWN_ORIGIN;
            case AMBIGUOUS -> Cause.AMBIGUOUS_ORIGIN;
            case NOT_READY -> Cause.NOT_READY;
        };
        return answer(cause, reference, audience);
    }

    /**
     * Answers a request for a provider that is not offered: for a person the sign-in page, for a program the list. Clients of
     * Auth.js go to the address in it.
     */
    static Reply noProvider(AuthRequest request, StandingCookies standing) {
        ApplicationPages own = request.application().pages();
        Reply.ErrorRedirect error = request.toErrorPage(Cause.PROVIDER_NOT_OFFERED);
        if (request.wantsRedirectAsJson() || !request.client().acceptsHtml()) {
            ObjectNode body = JSON.createObjectNode();
            List<String> offered =
                    request.offered().stream().map(Provider::alias).toList();
            body.put(
                    "message",
                    NO_PROVIDER.formatted(
                            request.route().provider().orElse(""),
                            offered.isEmpty() ? "none" : String.join(", ", offered)));
            offered.forEach(body.putArray("providers")::add);
            body.put("url", error.location());
            return new Reply.Json(Cause.PROVIDER_NOT_OFFERED.status(), body.toString());
        }
        if (own.signIn().isPresent() || own.error().isPresent()) {
            return error;
        }
        Optional<String> inBody = request.body().nonEmpty("callbackUrl");
        return SignInEndpoint.buttons(
                Cause.PROVIDER_NOT_OFFERED.status(),
                request,
                standing,
                inBody.or(() -> request.query().nonEmpty("callbackUrl")),
                Optional.of(Page.Notice.NO_SUCH_PROVIDER));
    }

    /** Answers a request for an application whose client is disabled. */
    static Reply disabled(AuthRequest request, List<SetCookie> cookies) {
        Page.Problem problem = new Page.Problem(
                Cause.DISABLED, Optional.of(request.application().name()), request.reference(), Optional.empty());
        return request.client().acceptsHtml()
                ? new Reply.Html(Cause.DISABLED.status(), problem, cookies)
                : new Reply.Message(Cause.DISABLED.status(), problem, cookies);
    }

    /** Answers a malformed request. */
    public static Reply malformed(Reference reference, Audience audience) {
        return answer(Cause.MALFORMED, reference, audience);
    }

    /** Answers a request that is larger than any form of the contract. */
    public static Reply tooLarge(Reference reference, Audience audience) {
        return answer(Cause.TOO_LARGE, reference, audience);
    }

    /** Answers a request that did not arrive completely in time. */
    public static Reply tooSlow(Reference reference, Audience audience) {
        return answer(Cause.TOO_SLOW, reference, audience);
    }

    /** Answers a request for which there is no memory at the moment. */
    public static Reply noRoom(Reference reference, Audience audience) {
        return answer(Cause.NOT_READY, reference, audience);
    }

    /** Answers a sign-in of a network that has started too many. */
    static Reply tooMany(AuthRequest request) {
        Audience audience = request.client().acceptsHtml() ? Audience.PERSON : Audience.CLIENT;
        return answer(Cause.TOO_MANY, request.reference(), audience);
    }

    /** Answers a request that failed because of a bug in the facade. */
    public static Reply failure(Reference reference, Audience audience) {
        return answer(Cause.FAILURE, reference, audience);
    }

    private static Reply answer(Cause cause, Reference reference, Audience audience) {
        Page.Problem problem = new Page.Problem(cause, Optional.empty(), reference, Optional.empty());
        return switch (audience) {
            case PERSON -> new Reply.Html(cause.status(), problem, List.of());
            case CLIENT -> new Reply.Message(cause.status(), problem);
            case SESSION_CLIENT -> new Reply.Json(cause.status(), "null");
            case TOKEN_CLIENT -> TokenError.of(cause).reply(cause.status(), reference);
        };
    }

    /** An error page with a link to the sign-in page if signing in again may help, otherwise to the application. */
    static Reply.Html page(AuthRequest request, Cause cause) {
        return page(request, cause, cause.again() ? request.pageUrl("/signin") : request.origin() + "/");
    }

    /** An error page with a link to this address. */
    static Reply.Html page(AuthRequest request, Cause cause, String back) {
        return new Reply.Html(
                cause.status(),
                new Page.Problem(
                        cause, Optional.of(request.application().name()), request.referenceOfPage(), Optional.of(back)),
                List.of());
    }
}
