package io.github.multiclientauth.testbed.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the running {@link Chain}. The time limit, which does not include the start, ends tests that hang. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedChain.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@interface EndToEnd {}
