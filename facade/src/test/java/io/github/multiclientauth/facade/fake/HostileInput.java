package io.github.multiclientauth.facade.fake;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * The test shows that an attack does not work here that worked on other software of this class. {@code mvn test
 * -Dgroups=hostile-input} runs them alone.
 */
@Tag("hostile-input")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface HostileInput {

    /** Rows of the list of attacks that the project withstands; {@code HostileInputsTest} holds it complete. */
    int[] row();

    /** Where it was published, or who observed it. */
    String[] advisory();
}
