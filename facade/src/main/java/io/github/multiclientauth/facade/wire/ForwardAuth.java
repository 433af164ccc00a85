package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.seal.Secret;
import java.util.List;

/**
 * The reverse proxies that may ask who is signed in ({@code /api/auth/verify}).
 *
 * @param secrets each of them is enough. Only a proxy with a secret gets access tokens: a browser's request comes from a
 *     proxy's address too, and cannot have the secret
 * @param proxies the addresses of proxies that need no secret
 */
public record ForwardAuth(List<Secret> secrets, List<AddressRange> proxies) {

    /** Nobody may ask. */
    public static final ForwardAuth OFF = new ForwardAuth(List.of(), List.of());

    public ForwardAuth {
        secrets = List.copyOf(secrets);
        proxies = List.copyOf(proxies);
    }

    /** How much a request is trusted. */
    public enum Trust {
        NONE,
        /** It comes from the address of a proxy, and may be a browser's that the proxy passed on. */
        ADDRESS,
        /** It has the secret, and so is the proxy's own. */
        SECRET
    }

    /** Whether nobody may ask. */
    public boolean isOff() {
        return secrets.isEmpty() && proxies.isEmpty();
    }

    /**
     * Decides how much a request is trusted.
     *
     * @param secret as sent; null if the request has none. A wrong one is not made good by an address
     * @param peer the address at the other end of the connection, which no header changes. May be null
     */
    public Trust of(String secret, String peer) {
        if (secret != null) {
            return !secret.isEmpty() && isKnown(new Secret(secret)) ? Trust.SECRET : Trust.NONE;
        }
        return peer != null && proxies.stream().anyMatch(range -> range.contains(peer)) ? Trust.ADDRESS : Trust.NONE;
    }

    /** Compares with all of them, so that the time does not say which one is meant. */
    private boolean isKnown(Secret given) {
        boolean known = false;
        for (Secret secret : secrets) {
            known |= secret.equals(given);
        }
        return known;
    }
}
