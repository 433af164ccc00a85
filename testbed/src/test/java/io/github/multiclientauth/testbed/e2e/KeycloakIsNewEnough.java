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

    /** Whether the server is of this minor version or a later one, for what a test expects of both kinds. */
    static boolean is(String minor) {
        return Version.parse(System.getProperty(VERSION)).compareTo(Version.parse(minor)) >= 0;
    }

    private static ConditionEvaluationResult evaluate(FromKeycloak from) {
        return is(from.value())
                ? ConditionEvaluationResult.enabled("Keycloak is new enough")
                : ConditionEvaluationResult.disabled("Keycloak " + from.value() + " is the first that " + from.does());
    }
}
