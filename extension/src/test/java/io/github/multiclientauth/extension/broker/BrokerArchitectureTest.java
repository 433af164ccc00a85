package io.github.multiclientauth.extension.broker;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class BrokerArchitectureTest {

    private static final String BROKER = "io.github.multiclientauth.extension.broker..";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.multiclientauth.extension");

    @Test
    void uses_only_packages_of_keycloak_that_are_known_to_last() {
        classes()
                .that()
                .resideInAPackage(BROKER)
                .should(onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "jakarta.ws.rs..",
                        "org.jboss.logging..",
                        "io.github.multiclientauth.origin..",
                        "io.github.multiclientauth.extension.origin..",
                        BROKER,
                        "org.keycloak.broker.oidc",
                        "org.keycloak.broker.provider",
                        "org.keycloak.common",
                        "org.keycloak.events",
                        "org.keycloak.http",
                        "org.keycloak.models..",
                        "org.keycloak.protocol",
                        "org.keycloak.provider",
                        "org.keycloak.sessions",
                        "org.keycloak.social..")))
                .because("one JAR runs on Keycloak 26.0 to 26.7, and each further package is one more to watch")
                .check(classes);
    }

    @Test
    void decides_without_keycloak() {
        noClasses()
                .that()
                .haveSimpleName("LendingPolicy")
                .or()
                .haveSimpleNameStartingWith("Loan")
                .or()
                .haveSimpleName("FailureText")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.keycloak..", "jakarta..")
                .because("what decides is tested without a server")
                .check(classes);
    }

    @Test
    void leaves_the_token_request_and_the_callback_alone() {
        noClasses()
                .that()
                .resideInAPackage(BROKER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.keycloak.http.simple..", "org.keycloak.broker.provider.util..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("AuthenticationCallback")
                .because("their types differ between Keycloak 26.0 and 26.7, so that an override would not be one")
                .check(classes);
    }
}
