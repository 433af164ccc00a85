package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The registered apps, as in a provider's developer console. */
public final class RegisteredApps {

    private final Map<String, RegisteredApp> byClientId = new ConcurrentHashMap<>();
    private final CallbackRule rule;

    RegisteredApps(CallbackRule rule) {
        this.rule = rule;
    }

    /**
     * Registers {@code app}, or replaces the one with its client id.
     *
     * @throws IllegalArgumentException if the provider would not accept its callbacks
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
