package io.github.multiclientauth.testbed.e2e;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Chain}. It starts with the first test that needs it, and is closed when the JVM ends.
 *
 * <p>It is in a static field, because for JUnit each test class is a separate run when Maven uses several JVMs.
 */
final class SharedChain implements ParameterResolver, BeforeAllCallback {

    private static Start start;

    /** The result of the start. A failure is kept as well, so that other tests do not wait minutes for the same failure. */
    private record Start(Chain chain, Exception failure) {

        static Start now() {
            try {
                Chain chain = Chain.start();
                Runtime.getRuntime().addShutdownHook(new Thread(chain::close));
                return new Start(chain, null);
            } catch (IOException | RuntimeException failed) {
                return new Start(null, failed);
            }
        }
    }

    /** Waits until the facade has noticed what the previous test class has deleted. */
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Chain former = former();
        if (former != null) {
            former.awaitItsOwnApplicationsAlone();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Chain.class);
    }

    @Override
    public Chain resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Start outcome = start();
        if (outcome.failure() != null) {
            throw new ParameterResolutionException(outcome.failure().getMessage(), outcome.failure());
        }
        return outcome.chain();
    }

    private static synchronized Chain former() {
        return start == null ? null : start.chain();
    }

    private static synchronized Start start() {
        if (start == null) {
            start = Start.now();
        }
        return start;
    }
}
