package io.github.multiclientauth.testbed.launch;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * The secrets of one run. They are random, so no known value opens a demo, and they are lost when it ends.
 *
 * @param auth the facade's master {@code AUTH_SECRET}; the only one that may come from the environment
 * @param facadeAccount the secret of the service account that reads the directory
 * @param forwardAuth what the proxy in front of the dashboard's API and the facade know
 */
public record RunSecrets(
        String auth,
        String portfolio,
        String dashboard,
        String facadeAccount,
        String administrator,
        String forwardAuth) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param environment its {@code AUTH_SECRET} is used if set; the facade decides whether it is strong enough */
    public static RunSecrets random(Map<String, String> environment) {
        String given = environment.get("AUTH_SECRET");
        String auth = given == null || given.isEmpty() ? next() : given;
        return new RunSecrets(auth, next(), next(), next(), next(), next());
    }

    /** 32 random bytes. */
    static String next() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Keeps secrets out of messages and debuggers' summaries. */
    @Override
    public String toString() {
        return "RunSecrets[***]";
    }
}
