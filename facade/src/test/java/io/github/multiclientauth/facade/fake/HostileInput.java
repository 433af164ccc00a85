package io.github.multiclientauth.facade.fake;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test of an attack that worked on comparable software. {@code mvn test -Dgroups=hostile-input} runs only
 * these.
 */
@Tag("hostile-input")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface HostileInput {

    /** The rows of the list of attacks. {@code HostileInputsTest} checks that every row has a test. */
    int[] row();

    /** The advisory or the source of the attack. */
    String[] advisory();
}
