package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.endpoint.Endpoints;
import io.github.multiclientauth.facade.endpoint.ForwardAuthentication;
import io.github.multiclientauth.facade.endpoint.ServerAuthentication;
import io.github.multiclientauth.facade.endpoint.TokenFlow;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.oidc.AccessTokenSource;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.DpopProofs;
import io.github.multiclientauth.facade.oidc.SessionKeeper;
import io.github.multiclientauth.facade.oidc.SiblingSessions;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.session.AccessTokens;
import io.github.multiclientauth.facade.session.Confirmations;
import io.github.multiclientauth.facade.session.LiveChanges;
import io.github.multiclientauth.facade.session.OwnSessions;
import io.github.multiclientauth.facade.session.Revocations;
import io.github.multiclientauth.facade.session.SessionCookies;
import io.github.multiclientauth.facade.session.SessionPolicy;
import io.github.multiclientauth.facade.session.SessionReads;
import io.github.multiclientauth.facade.signin.SignInFlow;
import io.github.multiclientauth.facade.signin.SignInLimit;
import io.github.multiclientauth.facade.signout.BackChannelLogout;
import io.github.multiclientauth.facade.signout.KeycloakSessions;
import io.github.multiclientauth.facade.signout.SignOut;
import io.github.multiclientauth.facade.wire.Csrf;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The deciding parts, put together in one way for production and for tests. */
public record Assembly(
        Endpoints endpoints,
        ForwardAuthentication forwardAuthentication,
        BackChannelLogout backChannelLogout,
        AccessTokens accessTokens) {

    /**
     * The threads that may wait for Keycloak. Each pool has a queue of its own.
     *
     * @param signIns runs sign-ins
     * @param confirmations asks whether sessions are alive, which people wait for who are signed in
     * @param accessTokens asks for access tokens, which applications' servers wait for
     * @param ownSessions lists and ends people's own sessions: who is signed in must not keep others from signing in
     * @param signOuts runs sign-outs, which never wait for the others
     * @param logoutTokens checks logout tokens, which anybody may send
     * @param timer runs retries of sign-outs
     */
    public record Threads(
            Executor signIns,
            Executor confirmations,
            Executor accessTokens,
            Executor ownSessions,
            Executor signOuts,
            Executor logoutTokens,
            KeycloakSessions.Timer timer) {}

    /** What the deciding parts use of the outside. */
    public record Surroundings(
            AuthorizationServer keycloak,
            SessionKeeper keeper,
            AccessTokenSource tokenSource,
            SiblingSessions siblings,
            ClientDirectory directory,
            Threads threads,
            Confirmations.Gathering gathering,
            SecureRandom random,
            Clock clock,
            Events events) {}

    /**
     * Puts the parts together.
     *
     * @param forwardAuth whether reverse proxies may ask who is signed in
     * @param signInTimeout how long a person may take to sign in
     */
    public static Assembly of(
            Surroundings around,
            ApplicationSeals seals,
            boolean forwardAuth,
            SessionPolicy policy,
            Revocations revocations,
            LiveChanges changes,
            Duration signInTimeout,
            SignInLimit limit) {
        AuthorizationServer keycloak = around.keycloak();
        Threads threads = around.threads();
        Clock clock = around.clock();
        Events events = around.events();
        SessionCookies cookies = new SessionCookies(seals, forwardAuth, clock);
        Confirmations confirmations = new Confirmations(
                around.keeper(), threads.confirmations(), around.gathering(), policy.longestUnconfirmed());
        AccessTokens accessTokens =
                new AccessTokens(around.tokenSource(), threads.accessTokens(), changes, revocations, clock, events);
        KeycloakSessions keycloakSessions =
                new KeycloakSessions(around.keeper(), revocations, threads.signOuts(), threads.timer(), clock, events);
        changes.whenReachedAgain(keycloakSessions::keycloakIsBack);
        SessionReads reads = new SessionReads(cookies, revocations, changes, confirmations, policy, clock, events);
        Endpoints endpoints = new Endpoints(
                seals,
                new Csrf(around.random()),
                reads,
                new OwnSessions(around.siblings(), revocations, threads.ownSessions()),
                SignInFlow.create(
                        keycloak,
                        around.directory(),
                        seals,
                        cookies,
                        confirmations,
                        policy,
                        signInTimeout,
                        limit,
                        around.random(),
                        clock,
                        threads.signIns(),
                        events),
                new SignOut(keycloakSessions, cookies, revocations, events),
                new TokenFlow(accessTokens, new ServerAuthentication(seals, clock), new DpopProofs(clock), clock),
                threads.signIns(),
                clock,
                events);
        return new Assembly(
                endpoints,
                new ForwardAuthentication(reads, accessTokens, events),
                new BackChannelLogout(keycloak, around.directory(), revocations, threads.logoutTokens(), events),
                accessTokens);
    }
}
