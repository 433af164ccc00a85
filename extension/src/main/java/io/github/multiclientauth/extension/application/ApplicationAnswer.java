package io.github.multiclientauth.extension.application;

import io.github.multiclientauth.extension.Printable;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Ends a sign-in with {@code error=access_denied} at the application's redirect URI. Keycloak itself would show an
 * error page that does not lead back to the application.
 *
 * @param provider alias of the identity provider, or name of the action
 */
public record ApplicationAnswer(KeycloakSession session, AuthenticationSessionModel signIn, String provider) {

    private static final String PROVIDER_ERROR = "provider_error";

    private static final MethodType SEND_ERROR_OF_26_0 =
            MethodType.methodType(Response.class, AuthenticationSessionModel.class, LoginProtocol.Error.class);

    private static final Optional<MethodHandle> SEND_ERROR =
            method(SEND_ERROR_OF_26_0.appendParameterTypes(String.class));

    /** The application may not use this provider. */
    public Response notAllowed() {
        AnswerLog.LOG.notAllowed(client(), realm(), provider);
        return accessDenied("provider_not_allowed", "provider_not_allowed");
    }

    /** The provider's answer was not accepted. */
    public Response failed(String failure) {
        AnswerLog.LOG.failed(client(), realm(), provider, failure);
        return accessDenied(Errors.IDENTITY_PROVIDER_LOGIN_FAILURE, PROVIDER_ERROR);
    }

    /** The provider did not answer, or Keycloak did not accept the answer. Keycloak has sent its event already. */
    public Response unanswered() {
        AnswerLog.LOG.unanswered(client(), realm(), provider);
        return accessDenied(event(), PROVIDER_ERROR);
    }

    /** The person's account is disabled. Keycloak has sent its event already. */
    public Response accountDisabled() {
        AnswerLog.LOG.accountDisabled(client(), realm(), "disabled", provider);
        return accessDenied(event(), "account_disabled");
    }

    /** The person's account is locked for a time, after too many failed sign-ins. Keycloak has sent its event already. */
    public Response accountLocked() {
        AnswerLog.LOG.accountDisabled(client(), realm(), "locked for a time", provider);
        return accessDenied(event(), "account_locked");
    }

    /**
     * Keycloak cannot do what the application asks for.
     *
     * @param missing what the administrator would have to change
     */
    public Response actionNotAvailable(String missing) {
        AnswerLog.LOG.actionNotAvailable(Printable.of(provider), client(), realm(), missing);
        return actionRefused("action_not_available");
    }

    /** Another person is signed in at Keycloak in this browser than at the application. */
    public Response otherPerson() {
        AnswerLog.LOG.otherPerson(Printable.of(provider), client(), realm());
        return actionRefused("other_person");
    }

    /** The person's session at the application has ended. */
    public Response sessionEnded() {
        return actionRefused("session_ended");
    }

    private Response actionRefused(String description) {
        EventBuilder event = new EventBuilder(
                        signIn.getRealm(), session, session.getContext().getConnection())
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .client(signIn.getClient())
                .detail(Details.CUSTOM_REQUIRED_ACTION, provider)
                .detail(Details.REDIRECT_URI, signIn.getRedirectUri());
        ClientOriginNote.tell(event, signIn);
        event.error(description);
        return accessDenied(event, description);
    }

    private Response accessDenied(String eventError, String description) {
        EventBuilder event = event();
        event.error(eventError);
        return accessDenied(event, description);
    }

    private EventBuilder event() {
        EventBuilder event = new EventBuilder(
                        signIn.getRealm(), session, session.getContext().getConnection())
                .event(EventType.IDENTITY_PROVIDER_LOGIN)
                .client(signIn.getClient())
                .detail(Details.IDENTITY_PROVIDER, provider)
                .detail(Details.REDIRECT_URI, signIn.getRedirectUri());
        ClientOriginNote.tell(event, signIn);
        return event;
    }

    private Response accessDenied(EventBuilder event, String description) {
        // Keycloak 26.0 asks the context whether the answer names the issuer, and has set no client at its page "Forgot
        // password".
        session.getContext().setClient(signIn.getClient());
        LoginProtocol protocol = session.getProvider(LoginProtocol.class, signIn.getProtocol())
                .setSession(session)
                .setRealm(signIn.getRealm())
                .setUriInfo(session.getContext().getUri())
                .setHttpHeaders(session.getContext().getHttpRequest().getHttpHeaders())
                .setEventBuilder(event);
        return send(protocol, description);
    }

    private Response send(LoginProtocol protocol, String description) {
        try {
            return SEND_ERROR.isPresent()
                    ? (Response) SEND_ERROR
                            .get()
                            .invoke(protocol, signIn, LoginProtocol.Error.CANCELLED_BY_USER, description)
                    : described(
                            (Response) method(SEND_ERROR_OF_26_0)
                                    .orElseThrow()
                                    .invoke(protocol, signIn, LoginProtocol.Error.CANCELLED_BY_USER),
                            description);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Keycloak cannot send an error to an application", e);
        }
    }

    /** Adds the description, unless the answer is a form or a fragment. */
    private static Response described(Response answer, String description) {
        URI address = answer.getLocation();
        return address == null || address.getRawFragment() != null
                ? answer
                : Response.fromResponse(answer)
                        .location(UriBuilder.fromUri(address)
                                .queryParam("error_description", description)
                                .build())
                        .build();
    }

    /** Looks the method up by its parameters. In Keycloak 26.0 it lacks the last one, the description. */
    private static Optional<MethodHandle> method(MethodType type) {
        try {
            return Optional.of(MethodHandles.publicLookup().findVirtual(LoginProtocol.class, "sendError", type));
        } catch (NoSuchMethodException otherVersion) {
            return Optional.empty();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private String client() {
        return signIn.getClient().getClientId();
    }

    private String realm() {
        return signIn.getRealm().getName();
    }
}
