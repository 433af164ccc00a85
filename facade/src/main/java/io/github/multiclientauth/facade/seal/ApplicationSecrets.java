package io.github.multiclientauth.facade.seal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code AUTH_SECRET} of each application: its own if the operator gave one, otherwise derived from the master
 * secrets. With such a secret one can forge sessions of that application only.
 */
public final class ApplicationSecrets {

    private final MasterSecrets masters;
    private final Map<String, List<Secret>> own = new HashMap<>();
    private final Set<Secret> taken = new HashSet<>();

    /** Derives the secrets of all applications. */
    public ApplicationSecrets(MasterSecrets masters) {
        this.masters = masters;
    }

    /**
     * Gives an application its own secrets. Must be called before the first use.
     *
     * @param setting names the setting in messages
     * @param values newest first. The first seals, all of them open
     * @throws GuessableSecretException if there is none, one can be guessed, or one is a master secret or another
     *     application's: then one application could forge sessions of another
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

    /** The application's secrets, newest first. */
    List<Secret> of(String clientId) {
        List<Secret> given = own.get(clientId);
        return given == null ? masters.ofApplication(clientId) : given;
    }

    /** The fingerprints of the master secrets, newest first. */
    public List<String> fingerprints() {
        return masters.fingerprints();
    }

    MasterSecrets masters() {
        return masters;
    }
}
