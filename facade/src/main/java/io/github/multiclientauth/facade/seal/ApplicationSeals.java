package io.github.multiclientauth.facade.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.util.List;

/**
 * The keys of each application, one for each kind of value and cookie name. They are derived once and cached, since
 * deriving a key costs more than using it.
 */
public final class ApplicationSeals {

    /** The number of cached keys. Others are derived again when needed. */
    private static final int MAX_KEPT = 50_000;

    private final ApplicationSecrets applications;
    private final SecureRandom random;
    // The caller runs Caffeine's maintenance. Waking another thread for it costs more.
    private final Cache<Key, Seal> seals =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();
    private final Cache<KeyHolder, List<Secret>> secrets =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();

    private final Cache<KeyHolder, Hmac> proofs =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();

    private record Key(Kind kind, KeyHolder holder, String name) {}

    private enum Kind {
        SESSION,
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

    /** The seal for session tokens, which the application's server may read. */
    public Seal session(KeyHolder holder, String cookieName) {
        return seals.get(
                new Key(Kind.SESSION, holder, cookieName), key -> Seal.of(secrets(holder), cookieName, random));
    }

    /** Proves that the facade has written a session, and not the application's server. */
    public Hmac sessionProof(KeyHolder holder) {
        return proofs.get(holder, key -> new Hmac(applications.masters().ofFacade("session proof", key.name())));
    }

    /** The seal for running sign-ins, which no application can read. */
    public Seal transaction(KeyHolder holder, String cookieName) {
        return ofFacade(Kind.TRANSACTION, "transaction", holder, cookieName);
    }

    /** The seal for the {@code state} of sign-ins that begin at a preview. */
    public Seal previewState(String clientId) {
        return ofFacade(Kind.PREVIEW_STATE, "preview state", KeyHolder.application(clientId), "state");
    }

    /** The seal for what the application's callback origin hands off to a preview. */
    public Seal handOff(String clientId) {
        return ofFacade(Kind.HAND_OFF, "hand-off", KeyHolder.application(clientId), "hand_off");
    }

    private Seal ofFacade(Kind kind, String purpose, KeyHolder holder, String name) {
        return seals.get(
                new Key(kind, holder, name),
                key -> Seal.of(applications.masters().ofFacade(purpose, holder.name()), name, random));
    }
}
