package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A provider's developer console: the apps it knows. */
public final class RegisteredApps {

    private final Map<String, RegisteredApp> byClientId = new ConcurrentHashMap<>();
    private final CallbackRule rule;

    RegisteredApps(CallbackRule rule) {
        this.rule = rule;
    }

    /**
     * Registers {@code app}, or changes what is registered under its client id.
     *
     * @throws IllegalArgumentException if the provider would not take its callbacks
     */
    public void register(RegisteredApp app) {
        if (!rule.permits(app.callbacks())) {
            throw new IllegalArgumentException("This provider does not take the callbacks " + app.callbacks());
        }
        byClientId.put(app.clientId(), app);
    }

    Optional<RegisteredApp> find(String clientId) {
        return Optional.ofNullable(clientId).map(byClientId::get);
    }
}
