package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.session.Confirmations;
import io.github.multiclientauth.facade.session.SessionCookies;
import io.github.multiclientauth.facade.session.SessionPolicy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The two halves of a sign-in, which share the transaction cookies.
 *
 * @param signIn sends the browser to Keycloak
 * @param callback finishes when the browser comes back
 */
public record SignInFlow(SignIn signIn, Callback callback) {

    /**
     * Creates both halves.
     *
     * @param confirmations asks Keycloak how long a session lasts
     * @param directory knows the previews of each application
     * @param transactionLifetime how long a person may take to sign in
     * @param limit limits how often sign-ins may be started
     * @param executor runs the blocking calls
     */
    public static SignInFlow create(
            AuthorizationServer keycloak,
            ClientDirectory directory,
            ApplicationSeals seals,
            SessionCookies sessions,
            Confirmations confirmations,
            SessionPolicy policy,
            Duration transactionLifetime,
            SignInLimit limit,
            SecureRandom random,
            Clock clock,
            Executor executor,
            Events events) {
        var transactions = new TransactionCookies(seals, transactionLifetime);
        var relay = new PreviewRelay(directory, seals, transactionLifetime, clock, events);
        return new SignInFlow(
                new SignIn(keycloak, transactions, relay, sessions, limit, random, clock, events),
                new Callback(
                        keycloak,
                        transactions,
                        relay,
                        sessions,
                        confirmations,
                        policy,
                        transactionLifetime,
                        clock,
                        executor,
                        events));
    }
}
