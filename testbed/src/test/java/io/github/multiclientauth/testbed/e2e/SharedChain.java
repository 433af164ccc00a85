package io.github.multiclientauth.testbed.e2e;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Chain}: started when the first asks for it, closed when the JVM ends.
 *
 * <p>Kept beside JUnit, for which each test class is a run of its own when Maven runs them in several JVMs.
 */
final class SharedChain implements ParameterResolver, BeforeAllCallback {

    private static Start start;

    /** The outcome is kept, also a failure: the tests after it shall not wait minutes for the same one. */
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

    /** What the class before has taken away may still be there for the facade, which looks every few seconds. */
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
