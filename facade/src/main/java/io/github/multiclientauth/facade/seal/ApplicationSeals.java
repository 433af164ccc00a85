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
    private final Cache<KeyHolder, List<Secret>> secrets =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();

    private record Key(Kind kind, KeyHolder holder, String name) {}

    private enum Kind {
        SESSION,
        REFRESH_TOKEN,
        TRANSACTION,
        PREVIEW_STATE,
        HAND_OFF
    }

    public ApplicationSeals(ApplicationSecrets applications, SecureRandom random) {
        this.applications = applications;
        this.random = random;
    }

    /** The application's own secrets, newest first. */
    public List<Secret> secrets(KeyHolder holder) {
        return secrets.get(holder, key -> applications.of(key.name()));
    }

    /** For session tokens, which the application's server may read. */
    public Seal session(KeyHolder holder, String cookieName) {
        return seals.get(
                new Key(Kind.SESSION, holder, cookieName), key -> Seal.of(secrets(holder), cookieName, random));
    }

    /** For refresh tokens, which no application reads. */
    public Seal refreshToken(KeyHolder holder, String cookieName) {
        return ofFacade(Kind.REFRESH_TOKEN, "refresh token", holder, cookieName);
    }

    /** For running sign-ins, which no application reads. */
    public Seal transaction(KeyHolder holder, String cookieName) {
        return ofFacade(Kind.TRANSACTION, "transaction", holder, cookieName);
    }

    /** For the {@code state} of sign-ins that begin at a preview of the application. */
    public Seal previewState(String clientId) {
        return ofFacade(Kind.PREVIEW_STATE, "preview state", KeyHolder.application(clientId), "state");
    }

    /** For what the application's callback origin hands on to a preview. */
    public Seal handOff(String clientId) {
        return ofFacade(Kind.HAND_OFF, "hand-off", KeyHolder.application(clientId), "hand_off");
    }

    private Seal ofFacade(Kind kind, String purpose, KeyHolder holder, String name) {
        return seals.get(
                new Key(kind, holder, name),
                key -> Seal.of(applications.masters().ofFacade(purpose, holder.name()), name, random));
    }
}
