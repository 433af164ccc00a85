package io.github.multiclientauth.facade.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.facade.wire.Reply;
import java.util.List;
import java.util.Optional;

/** What a person reads when something went wrong, and with which status. The codes are those of Auth.js. */
public final class Problems {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Problems() {}

    /** The error page. Statuses as in Auth.js; an unknown code is shown as the general text, never repeated. */
    static Reply.Html errorPage(AuthRequest request) {
        return switch (request.query().get("error").orElse("")) {
            case "Configuration" ->
                page(
                        request,
                        500,
                        "The sign-in could not be finished",
                        "It may have taken too long, or was finished in another tab. Please go back and try again. If it"
                                + " keeps happening, tell the people who run this service the reference below.");
            case "AccessDenied" ->
                page(request, 403, "Access denied", "Your account may not sign in to " + name(request) + ".");
            case "Verification" ->
                page(
                        request,
                        403,
                        "Unable to sign in",
                        "The sign-in link is no longer valid. It may have been used already, or it may have expired.");
            default -> page(request, 200, "Something went wrong", "Please go back and try again.");
        };
    }

    /** What the sign-in page says above its buttons; empty if nothing went wrong. */
    static Optional<String> signInMessage(Optional<String> error) {
        return error.filter(code -> !code.isEmpty()).map(code -> switch (code) {
            case "OAuthCallbackError", "OAuthSignin", "OAuthSignInError", "OAuthCallback", "Callback" ->
                "You were not signed in. It was cancelled, or the provider reported a problem. You can try again.";
            case "OAuthAccountNotLinked", "AccountNotLinked" ->
                "That account belongs to somebody who signs in another way. Please sign in as you did the first time.";
            case "SessionRequired" -> "Please sign in to see this page.";
            case "MissingCSRF" -> "The page was too old, or cookies are switched off. Please try again.";
            case "CredentialsSignin" -> "The details that you gave are not correct.";
            default -> "You were not signed in. Please try again.";
        });
    }

    /** A {@code callbackUrl} that is no address. */
    static Reply.Html badCallbackUrl(AuthRequest request) {
        return page(
                request,
                400,
                "The link to this page is not correct",
                "It names an address to go on to that cannot be used. Please go back and try again.");
    }

    /** Who reads the answer to a request that the contract has no answer for. */
    public enum Audience {
        /** A browser that navigates: a page. */
        PERSON,
        /** A program: a JSON object with a message. */
        CLIENT,
        /** A program that takes every JSON object for a session: {@code null}. */
        SESSION_CLIENT
    }

    /** A request that belongs to no application. */
    public static Reply unrecognised(Recognition.Reason reason, Reference reference, Audience audience) {
        String why = switch (reason) {
            case NO_ORIGIN -> "The request does not say which application it is for.";
            case UNKNOWN_ORIGIN -> "No application is registered at this address.";
            case AMBIGUOUS ->
                "More than one application is registered at this address, so that none can be" + " chosen.";
        };
        return answer(
                400,
                "This address is not set up for sign-in",
                why + " Please tell the people who run this service the reference below.",
                reference,
                audience);
    }

    /** A request that no client of ours sends. */
    public static Reply malformed(Reference reference, Audience audience) {
        return answer(
                400,
                "The request is not correct",
                "Something in its address or its content is malformed, or is there twice. Please go back and try"
                        + " again.",
                reference,
                audience);
    }

    /** More than any form or client of the contract sends. */
    public static Reply tooLarge(Reference reference, Audience audience) {
        return answer(
                413,
                "The request is too large",
                "More was sent than can be right. Please go back and try again.",
                reference,
                audience);
    }

    /** Something failed that should not: our fault. */
    public static Reply failure(Reference reference, Audience audience) {
        return answer(
                500,
                "Something went wrong",
                "This is our fault, not yours. Please try again. If it keeps happening, tell the people who run this"
                        + " service the reference below.",
                reference,
                audience);
    }

    private static Reply answer(int status, String heading, String text, Reference reference, Audience audience) {
        return switch (audience) {
            case PERSON ->
                new Reply.Html(
                        status,
                        new Page.Problem(heading, text, Optional.of(reference.value()), Optional.empty()),
                        List.of());
            case CLIENT ->
                new Reply.Json(
                        status,
                        JSON.createObjectNode()
                                .put("message", heading + ". " + text)
                                .put("reference", reference.value())
                                .toString());
            case SESSION_CLIENT -> new Reply.Json(status, "null");
        };
    }

    private static Reply.Html page(AuthRequest request, int status, String heading, String text) {
        return new Reply.Html(
                status,
                new Page.Problem(
                        heading,
                        text,
                        Optional.of(request.reference().value()),
                        Optional.of(new Page.Link(request.url("/signin"), "Sign in to " + name(request)))),
                List.of());
    }

    private static String name(AuthRequest request) {
        return request.application().name();
    }
}
