package io.github.multiclientauth.testbed.e2e;

import java.lang.Runtime.Version;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips tests with {@link FromKeycloak} on older servers. */
final class KeycloakIsNewEnough implements ExecutionCondition {

    /** The property that Maven sets. */
    private static final String VERSION = "testbed.keycloak.version";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), FromKeycloak.class)
                .map(KeycloakIsNewEnough::evaluate)
                .orElseGet(() -> ConditionEvaluationResult.enabled("for every version"));
    }

    /** Whether the server has this minor version or a later one, for tests that expect different results. */
    static boolean is(String minor) {
        return Version.parse(System.getProperty(VERSION)).compareTo(Version.parse(minor)) >= 0;
    }

    private static ConditionEvaluationResult evaluate(FromKeycloak from) {
        return is(from.value())
                ? ConditionEvaluationResult.enabled("Keycloak is new enough")
                : ConditionEvaluationResult.disabled("Keycloak " + from.value() + " is the first that " + from.does());
    }
}
