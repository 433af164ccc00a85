package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.origin.Origin;

/** What sign-ins tell the operator. */
public interface SignInLog {

    /** The browser is sent to Keycloak. */
    void started(AuthRequest request);

    /** Too many sign-ins were started from one network. */
    void signInLimited(AuthRequest request, String network);

    /** The path names no provider that the application offers. */
    void unknownProvider(AuthRequest request);

    /** Keycloak's metadata cannot be read. */
    void keycloakUnavailable(AuthRequest request, UnavailableException e);

    /** Keycloak, or the provider behind it, answered with an error. */
    void providerError(AuthRequest request, String error);

    /** Asked for nothing but a session that is there, Keycloak says that there is none. */
    void nobodySignedIn(AuthRequest request);

    /**
     * The callback is refused.
     *
     * @param begun whether it is of a sign-in that this browser has begun here
     */
    void callbackRefused(AuthRequest request, boolean begun, String reason);

    /** Keycloak's answer is on its way from the callback origin to a preview. */
    void handedOff(AuthRequest request, Origin preview);

    /** Keycloak's answer is not handed on, or a preview does not take what it is handed. */
    void handOffRefused(AuthRequest request, String reason);

    /** Somebody is signed in. */
    void signedIn(AuthRequest request);
}
