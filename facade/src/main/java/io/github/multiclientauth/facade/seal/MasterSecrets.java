package io.github.multiclientauth.facade.seal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * The facade's master secrets ({@code AUTH_SECRET}), newest first, and the secrets derived from them.
 *
 * <p>Nothing is sealed with a master secret itself. Each application has its own secret. Its server may hold that
 * secret to decode its users' sessions, and cannot forge sessions of other applications. Values that applications must
 * not read have keys that stay with the facade.
 */
public final class MasterSecrets {

    private static final int DERIVED_BYTES = 32;

    /** Enough to see whether two facades have the same secret, and too few to tell the right guess from others. */
    private static final int FINGERPRINT_BYTES = 3;

    private final List<Secret> masters;

    private MasterSecrets(List<Secret> masters) {
        this.masters = List.copyOf(masters);
    }

    /**
     * Reads the master secrets as Auth.js does: {@code AUTH_SECRET_3}, {@code _2}, {@code _1}, then {@code
     * AUTH_SECRET}.
     *
     * @param environment gives the value of a variable, or null
     * @throws GuessableSecretException if there is none, or one can be guessed. The message is for the operator and
     *     does not contain the secret
     */
    public static MasterSecrets read(Function<String, String> environment) {
        List<Secret> masters = new ArrayList<>();
        for (String name : List.of("AUTH_SECRET_3", "AUTH_SECRET_2", "AUTH_SECRET_1", "AUTH_SECRET")) {
            String value = environment.apply(name);
            if (value != null && !value.isEmpty()) {
                SecretStrength.require(name, value);
                masters.add(new Secret(value));
            }
        }
        if (masters.isEmpty()) {
            throw new GuessableSecretException("AUTH_SECRET", "is not set");
        }
        return new MasterSecrets(masters);
    }

    /**
     * The application's own secrets, newest first, for its server's {@code AUTH_SECRET}: HKDF-SHA256 of the master
     * secret with an empty salt, 32 bytes, base64url without padding.
     */
    public List<Secret> ofApplication(String clientId) {
        return derive("multi-client-auth application secret (" + clientId + ")");
    }

    /**
     * Secrets that stay with the facade.
     *
     * @param purpose different for each kind of value, so that none can be opened as another
     */
    public List<Secret> ofFacade(String purpose, String clientId) {
        return derive("multi-client-auth " + purpose + " (" + clientId + ")");
    }

    /**
     * A secret that others than the facade know, and that is neither guessable nor a master secret.
     *
     * @param setting names the setting in messages
     * @throws GuessableSecretException if it is one of these
     */
    public Secret requireOther(String setting, String value) {
        SecretStrength.require(setting, value);
        Secret secret = new Secret(value);
        if (contains(secret)) {
            throw new GuessableSecretException(setting, "is the master secret, which nobody but the facade may know");
        }
        return secret;
    }

    /**
     * One fingerprint for each master secret, newest first: six hexadecimal digits. Operators compare those of several
     * facades. A sealed cookie says more about the secret: it confirms the right guess, while one wrong guess of 16
     * million has the same fingerprint.
     */
    public List<String> fingerprints() {
        return masters.stream()
                .map(master -> Hkdf.derive(master.reveal(), "", "multi-client-auth fingerprint", FINGERPRINT_BYTES))
                .map(HexFormat.of()::formatHex)
                .toList();
    }

    boolean contains(Secret secret) {
        return masters.contains(secret);
    }

    private List<Secret> derive(String info) {
        return masters.stream()
                .map(master -> Hkdf.derive(master.reveal(), "", info, DERIVED_BYTES))
                .map(key -> new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(key)))
                .toList();
    }
}
