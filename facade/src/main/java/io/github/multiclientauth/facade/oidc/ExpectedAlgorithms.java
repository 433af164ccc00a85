package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jwt.JWT;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The algorithms that the directory names for a client. An administrator may have changed them a moment ago: a token with
 * another algorithm has the directory read again, once, before it is refused. So no sign-in fails because of a change.
 */
final class ExpectedAlgorithms {

    /** The pause between two reads for logout tokens, all of them together. Somebody may send an old one many times. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ClientDirectory directory;
    private final LongSupplier nanoTime;
    private final AtomicLong nextForLogoutToken;

    /** @param nanoTime as {@link System#nanoTime} */
    ExpectedAlgorithms(ClientDirectory directory, LongSupplier nanoTime) {
        this.directory = directory;
        this.nanoTime = nanoTime;
        this.nextForLogoutToken = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * @param application as it was when Keycloak was asked for the token
     * @param token from Keycloak's token endpoint
     */
    TokenAlgorithms ofIdToken(Application application, JWT token) {
        TokenAlgorithms known = application.demands().algorithms();
        return Signatures.isExpected(token, known) || !isVerifiable(token)
                ? known
                : find(directory.readAgain(), application.clientId()).orElse(known);
    }

    /**
     * @param token signed by Keycloak, but maybe long ago
     * @return those that nobody has changed if the client is gone
     */
    TokenAlgorithms ofLogoutToken(ClientId clientId, JWT token) {
        TokenAlgorithms known = find(directory.snapshot(), clientId).orElse(TokenAlgorithms.USUAL);
        return Signatures.isExpected(token, known) || known.logoutTokensByAny() || !mayReadForLogoutToken()
                ? known
                : find(directory.readAgain(), clientId).orElse(known);
    }

    private boolean mayReadForLogoutToken() {
        long now = nanoTime.getAsLong();
        long next = nextForLogoutToken.get();
        return now - next >= 0 && nextForLogoutToken.compareAndSet(next, now + PAUSE.toNanos());
    }

    private static boolean isVerifiable(JWT token) {
        return Signatures.named(token).filter(Signatures.VERIFIABLE::contains).isPresent();
    }

    private static Optional<TokenAlgorithms> find(DirectorySnapshot directory, ClientId clientId) {
        return directory
                .application(clientId)
                .map(application -> application.demands().algorithms());
    }
}
