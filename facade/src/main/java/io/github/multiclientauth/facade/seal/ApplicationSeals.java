package io.github.multiclientauth.facade.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.util.List;

/**
 * The keys of each application, derived once and kept: deriving them costs more than using them. One per kind of value
 * and cookie name.
 */
public final class ApplicationSeals {

    /** Applications in use at one time; keys of others are derived again. */
    private static final int MAX_KEPT = 50_000;

    private final ApplicationSecrets applications;
    private final SecureRandom random;
    // Tidied up by whoever uses it: Caffeine's default wakes another thread for that, which costs more.
    private final Cache<Key, Seal> seals =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();
    private final Cache<String, List<Secret>> secrets =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();

    private record Key(Kind kind, String clientId, String cookieName) {}

    private enum Kind {
        SESSION,
        REFRESH_TOKEN,
        TRANSACTION
    }

    public ApplicationSeals(ApplicationSecrets applications, SecureRandom random) {
        this.applications = applications;
        this.random = random;
    }

    /** The application's own secrets, newest first. */
    public List<Secret> secrets(String clientId) {
        return secrets.get(clientId, applications::of);
    }

    /** For session tokens, which the application's server may read. */
    public Seal session(String clientId, String cookieName) {
        return seals.get(
                new Key(Kind.SESSION, clientId, cookieName), key -> Seal.of(secrets(clientId), cookieName, random));
    }

    /** For refresh tokens, which no application reads. */
    public Seal refreshToken(String clientId, String cookieName) {
        return ofFacade(Kind.REFRESH_TOKEN, "refresh token", clientId, cookieName);
    }

    /** For running sign-ins, which no application reads. */
    public Seal transaction(String clientId, String cookieName) {
        return ofFacade(Kind.TRANSACTION, "transaction", clientId, cookieName);
    }

    private Seal ofFacade(Kind kind, String purpose, String clientId, String cookieName) {
        return seals.get(
                new Key(kind, clientId, cookieName),
                key -> Seal.of(applications.masters().ofFacade(purpose, clientId), cookieName, random));
    }
}
