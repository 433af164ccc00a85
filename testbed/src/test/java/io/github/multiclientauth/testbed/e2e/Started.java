package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.launch.Running;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The servers and browsers that a test class starts for all of its tests. They end after the last test, and also if the start of one of
 * them fails. Register it as a static field.
 */
final class Started implements BeforeAllCallback, AfterAllCallback {

    private Running parts = new Running();

    /** The class that has it as a field, or a subclass. Also called for the classes nested in it. */
    private Optional<Class<?>> owner = Optional.empty();

    /** Ends {@code part} after the last test, and returns it. */
    <T extends AutoCloseable> T add(T part) {
        return parts.add(part);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        owner = owner.or(context::getTestClass);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!owner.equals(context.getTestClass())) {
            return;
        }
        owner = Optional.empty();
        Running ended = parts;
        // A static field of a base class is used by its subclasses one after the other.
        parts = new Running();
        ended.close();
    }
}
