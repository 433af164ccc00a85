package io.github.multiclientauth.facade;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.multiclientauth.facade.fake.HostileInput;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostileInputsTest {

    /** Of the list of attacks, those on what the facade does; the others are on Keycloak, or on several replicas. */
    private static final Set<Integer> ROWS = new TreeSet<>(List.of(
            1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 27, 28, 30, 31, 32, 33, 38, 39, 40));

    @Test
    void each_attack_has_a_test() {
        Set<Integer> tested = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                        .importPackages("io.github.multiclientauth.facade")
                        .stream()
                        .map(JavaClass::getMethods)
                        .flatMap(Set::stream)
                        .filter(method -> method.isAnnotatedWith(HostileInput.class))
                        .flatMapToInt(method -> Arrays.stream(
                                method.getAnnotationOfType(HostileInput.class).row()))
                        .boxed()
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested)
                .containsAll(ROWS)
                .allMatch(row -> IntStream.rangeClosed(1, 43).anyMatch(n -> n == row));
    }
}
