package io.github.multiclientauth.testbed.e2e;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Chain}: started when the first asks for it, closed when all have run. */
final class SharedChain implements ParameterResolver, BeforeAllCallback {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedChain.class);

    /** The outcome is kept, also a failure: the tests after it shall not wait minutes for the same one. */
    private record Start(Chain chain, Exception failure) implements AutoCloseable {

        static Start now() {
            try {
                return new Start(Chain.start(), null);
            } catch (IOException | RuntimeException failed) {
                return new Start(null, failed);
            }
        }

        @Override
        public void close() {
            if (chain != null) {
                chain.close();
            }
        }
    }

    /** What the class before has taken away may still be there for the facade, which looks every few seconds. */
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Start start = context.getRoot().getStore(HERE).get(Start.class, Start.class);
        if (start != null && start.chain() != null) {
            start.chain().awaitItsOwnApplicationsAlone();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Chain.class);
    }

    @Override
    public Chain resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Start start = context.getRoot().getStore(HERE).computeIfAbsent(Start.class, first -> Start.now(), Start.class);
        if (start.failure() != null) {
            throw new ParameterResolutionException(start.failure().getMessage(), start.failure());
        }
        return start.chain();
    }
}
