package io.github.multiclientauth.testbed.e2e;

import java.lang.Runtime.Version;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs what is marked with {@link FromKeycloak} on the servers that can. */
final class KeycloakIsNewEnough implements ExecutionCondition {

    /** Maven sets it. */
    private static final String VERSION = "testbed.keycloak.version";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), FromKeycloak.class)
                .map(KeycloakIsNewEnough::evaluate)
                .orElseGet(() -> ConditionEvaluationResult.enabled("for every version"));
    }

    private static ConditionEvaluationResult evaluate(FromKeycloak from) {
        Version running = Version.parse(System.getProperty(VERSION));
        return running.compareTo(Version.parse(from.value())) >= 0
                ? ConditionEvaluationResult.enabled("Keycloak is new enough")
                : ConditionEvaluationResult.disabled("Keycloak " + from.value() + " is the first that " + from.does());
    }
}
