package io.github.multiclientauth.facade.seal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code AUTH_SECRET} of each application: its own where the operator gave one, otherwise derived from the masters.
 * Whoever holds one can make sessions of that application and of no other.
 */
public final class ApplicationSecrets {

    private final MasterSecrets masters;
    private final Map<String, List<Secret>> own = new HashMap<>();
    private final Set<Secret> taken = new HashSet<>();

    /** All of them derived. */
    public ApplicationSecrets(MasterSecrets masters) {
        this.masters = masters;
    }

    /**
     * Gives an application secrets of its own. Only before the first is asked for.
     *
     * @param setting names the setting in messages
     * @param values newest first: the first seals, all open
     * @throws GuessableSecretException if there is none, one could be guessed, or is a master or another application's:
     *     then one application could forge the sessions of another
     */
    public void give(String clientId, String setting, List<String> values) {
        if (values.isEmpty()) {
            throw new GuessableSecretException(setting, "is empty");
        }
        for (String value : values) {
            SecretStrength.require(setting, value);
            Secret secret = new Secret(value);
            if (masters.contains(secret)) {
                throw new GuessableSecretException(
                        setting, "is the master secret, which would let this application forge every other's sessions");
            }
            if (!taken.add(secret)) {
                throw new GuessableSecretException(
                        setting, "is there twice: each application needs a secret that no other has");
            }
        }
        own.put(clientId, values.stream().map(Secret::new).toList());
    }

    /** Newest first. */
    List<Secret> of(String clientId) {
        List<Secret> given = own.get(clientId);
        return given == null ? masters.ofApplication(clientId) : given;
    }

    MasterSecrets masters() {
        return masters;
    }
}
