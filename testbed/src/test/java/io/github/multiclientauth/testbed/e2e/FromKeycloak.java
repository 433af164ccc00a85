package io.github.multiclientauth.testbed.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of something that older versions of Keycloak do not do. It is skipped on those, and the table of versions in README says
 * so with the reason.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KeycloakIsNewEnough.class)
@interface FromKeycloak {

    /** The first minor version that does it, such as {@code 26.4}. */
    String value();

    /** What it does since then. It continues the sentence "Keycloak 26.4 is the first that". */
    String does();
}
