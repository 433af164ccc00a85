package io.github.multiclientauth.facade.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.multiclientauth.facade.fake.OpenApiFile;
import io.github.multiclientauth.facade.web.ExtraRoutesOfTests;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the OpenAPI file of the facade to its routes: the endpoints of the contract, and the routes beside them. */
class OpenApiRoutesTest {

    @Test
    void the_file_has_every_route_with_its_methods_and_no_other() throws ReflectiveOperationException {
        Set<String> served = endpoints();
        assertThat(served).hasSizeGreaterThan(15);
        served.addAll(ExtraRoutesOfTests.operations());

        assertThat(OpenApiFile.operations()).containsExactlyInAnyOrderElementsOf(served);
    }

    /** All classes of endpoints, whether {@link Endpoints} lists them or not. */
    private static Set<String> endpoints() throws ReflectiveOperationException {
        Set<String> operations = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackagesOf(Endpoint.class)) {
            if (type.isAssignableTo(Endpoint.class) && !type.isInterface()) {
                Field field = type.reflect().getDeclaredField("RULES");
                field.setAccessible(true);
                add(operations, (Rules) field.get(null));
            }
        }
        return operations;
    }

    private static void add(Set<String> operations, Rules rules) {
        for (String path : rules.path() == Rules.Path.NAME_AND_PROVIDER
                ? Set.of("/" + rules.name(), "/" + rules.name() + "/{provider}")
                : Set.of("/" + rules.name())) {
            if (rules.methods().haveGet()) {
                operations.add("GET " + path);
            }
            if (rules.methods().havePost()) {
                operations.add("POST " + path);
            }
        }
    }
}
