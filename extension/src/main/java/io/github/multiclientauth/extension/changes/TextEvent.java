package io.github.multiclientauth.extension.changes;

import java.lang.reflect.Method;
import java.util.Optional;
import org.keycloak.cluster.ClusterEvent;

/**
 * A text as an event for the cluster. Keycloak's cluster only sends classes of Keycloak's own, since each needs its place in
 * Keycloak's ProtoStream schema. One of them carries just a text. It is sent under a name of our own, so Keycloak does not
 * read it. The class and its schema have been the same from Keycloak 26.0 to 26.7.
 */
final class TextEvent {

    /** Loaded by name: its JAR is not on Maven Central, and a Keycloak with other caches lacks it. */
    private static final String CARRIER = "org.keycloak.keys.infinispan.PublicKeyStorageInvalidationEvent";

    private final Method create;
    private final Method text;

    private TextEvent(Method create, Method text) {
        this.create = create;
        this.text = text;
    }

    /** Returns empty if this Keycloak has no such event. */
    static Optional<TextEvent> find() {
        try {
            Class<? extends ClusterEvent> carrier = Class.forName(CARRIER).asSubclass(ClusterEvent.class);
            return Optional.of(
                    new TextEvent(carrier.getMethod("create", String.class), carrier.getMethod("getCacheKey")));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            return Optional.empty();
        }
    }

    ClusterEvent of(String content) {
        return (ClusterEvent) call(create, null, content);
    }

    String textOf(ClusterEvent event) {
        return (String) call(text, event);
    }

    private static Object call(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
