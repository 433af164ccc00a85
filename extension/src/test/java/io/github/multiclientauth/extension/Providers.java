package io.github.multiclientauth.extension;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;

/** The identity providers of a realm in memory. */
public final class Providers {

    private final Map<String, IdentityProviderModel> byAlias = new HashMap<>();

    /** An enabled one whose type is the first part of its alias. */
    public Providers with(String alias) {
        return with(alias, alias.split("-")[0], Map.of());
    }

    /** An enabled one. */
    public Providers with(String alias, String type, Map<String, String> config) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias(alias);
        model.setProviderId(type);
        model.setConfig(new HashMap<>(config));
        model.setEnabled(true);
        byAlias.put(alias, model);
        return this;
    }

    public void disable(String alias) {
        byAlias.get(alias).setEnabled(false);
    }

    public IdentityProviderStorageProvider storage() {
        return Fake.of(IdentityProviderStorageProvider.class)
                .doing("getAllStream", arguments -> byAlias.values().stream())
                .doing("getByAlias", arguments -> byAlias.get((String) arguments[0]))
                .build();
    }
}
