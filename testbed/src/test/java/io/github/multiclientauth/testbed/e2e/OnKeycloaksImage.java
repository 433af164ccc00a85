package io.github.multiclientauth.testbed.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that {@code .ci/run} repeats on Keycloak's image, after all tests have run on the server zip.
 *
 * <p>Both have the same classes of Keycloak and of the extension. They differ in how the server is built and started, in whose files
 * and certificates it reads, in where its logs go and in how it is reached. So one test of each of these is marked: a sign-in at
 * each provider, refused sign-ins, sign-out, back-channel logout, the vault, logs, what the doctor says, adoption and its undo,
 * and one page of the admin console. The nightly workflow runs all tests on the image.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("image")
@interface OnKeycloaksImage {}
