package io.github.multiclientauth.testbed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.multiclientauth.testbed.process.Lifeline;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String BASE = "io.github.multiclientauth.testbed";

    private final JavaClasses testbed = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @Test
    void packages_do_not_depend_on_each_other_in_circles() {
        slices().matching(BASE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("each part is started, read and replaced by itself")
                .check(testbed);
    }

    @Test
    void providers_do_not_know_each_other() {
        slices().matching(BASE + ".provider.(github|google|facebook|linkedin|auth0)..")
                .should()
                .notDependOnEachOther()
                .because("what two of them share belongs to OAuth, and the real ones share nothing either")
                .check(testbed);
        slices().matching(BASE + ".provider.(*)..")
                .should()
                .beFreeOfCycles()
                .because("the protocol does not know the providers, nor they the network in between")
                .check(testbed);
    }

    @Test
    void the_lifeline_uses_the_jdk_alone() {
        classes()
                .that()
                .haveFullyQualifiedName(Lifeline.class.getName())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..")
                .orShould()
                .haveFullyQualifiedName(Lifeline.class.getName())
                .because("it is loaded alone into Keycloak and the facade, whose libraries are not ours")
                .check(testbed);
    }

    @Test
    void only_the_launcher_knows_all_parts_of_the_chain() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".launch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".launch..")
                .because("a stand-in that knew the whole chain could pass a test by knowing its answer")
                .check(testbed);
    }

    @Test
    void the_proof_speaks_http_only() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".proof..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        BASE + ".provider..",
                        BASE + ".keycloak..",
                        BASE + ".facade..",
                        BASE + ".application..",
                        "io.vertx..")
                .because("it has to fail when a real visitor would")
                .check(testbed);
    }
}
