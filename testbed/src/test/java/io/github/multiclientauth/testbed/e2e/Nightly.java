package io.github.multiclientauth.testbed.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that only the nightly workflow and {@code -Pnightly} run, because it takes long and a shorter test covers the same code, or
 * because its result changes with Keycloak's version rather than with this repository.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("nightly")
@interface Nightly {}
