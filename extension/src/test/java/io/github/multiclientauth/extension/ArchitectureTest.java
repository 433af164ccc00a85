package io.github.multiclientauth.extension;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

class ArchitectureTest {

    private static final String BASE = "io.github.multiclientauth.extension";

    /** The packages, from the lowest floor to the highest. Each may use only those before it. */
    private static final List<String> FLOORS = List.of(
            BASE,
            BASE + ".provider",
            BASE + ".decision",
            BASE + ".listing",
            BASE + ".doctor",
            BASE + ".compatibility",
            BASE + ".endpoint",
            BASE + ".application",
            BASE + ".origin",
            BASE + ".broker",
            BASE + ".rules",
            BASE + ".link",
            BASE + ".token",
            BASE + ".directory",
            BASE + ".session",
            BASE + ".changes",
            BASE + ".root");

    /** Where decisions are: every floor up to the doctor. */
    private static final List<String> DECISIONS = FLOORS.subList(0, FLOORS.indexOf(BASE + ".doctor") + 1);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.multiclientauth.extension");

    @Test
    void decisions_are_plain_java() {
        classes()
                .that()
                .resideInAnyPackage(DECISIONS.toArray(String[]::new))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(plainJava())
                .because("what is decided about a sign-in is tested without Keycloak, and Keycloak changes")
                .check(CLASSES);
    }

    private static String[] plainJava() {
        return Stream.concat(Stream.of("java..", "io.github.multiclientauth.origin"), DECISIONS.stream())
                .toArray(String[]::new);
    }

    @Test
    void each_floor_uses_only_those_below_it() {
        for (int i = 0; i < FLOORS.size(); i++) {
            noClasses()
                    .that()
                    .resideInAPackage(FLOORS.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(FLOORS.subList(i + 1, FLOORS.size()).toArray(String[]::new))
                    .because(
                            "values and decisions know nothing of Keycloak; the application that signs in comes before the"
                                    + " check of its origin and its providers; rules, links and tokens build on those; the"
                                    + " endpoints of the realm look at what is below; and only the root knows them all")
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void every_package_has_its_floor() {
        classes()
                .should()
                .resideInAnyPackage(FLOORS.toArray(String[]::new))
                .because("a package without a floor could use any other")
                .check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching(BASE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("of two packages that use each other, neither can be understood alone")
                .check(CLASSES);
    }

    @Test
    void checks_of_origins_and_brokers_do_not_use_each_other() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".broker")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".origin")
                .because("what both need belongs to the application that signs in")
                .check(CLASSES);
    }

    @Test
    void needs_nothing_that_keycloak_does_not_offer_to_providers() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "jakarta.persistence",
                        "jakarta.ws.rs",
                        "jakarta.ws.rs.core..",
                        "org.apache.http",
                        "org.apache.http.client.config",
                        "org.apache.http.client.methods",
                        "org.apache.http.impl.client",
                        "org.jboss.logging..",
                        "org.keycloak",
                        "org.keycloak.authentication..",
                        "org.keycloak.broker.oidc",
                        "org.keycloak.broker.provider",
                        "org.keycloak.broker.provider.util",
                        "org.keycloak.cluster",
                        "org.keycloak.common",
                        "org.keycloak.common.util",
                        "org.keycloak.connections.httpclient",
                        "org.keycloak.constants..",
                        "org.keycloak.credential",
                        "org.keycloak.device",
                        "org.keycloak.events..",
                        "org.keycloak.forms.login..",
                        "org.keycloak.headers",
                        "org.keycloak.http",
                        "org.keycloak.jose.jws",
                        "org.keycloak.models..",
                        "org.keycloak.protocol..",
                        "org.keycloak.provider..",
                        "org.keycloak.rar",
                        "org.keycloak.representations..",
                        "org.keycloak.services..",
                        "org.keycloak.sessions..",
                        "org.keycloak.storage",
                        "org.keycloak.social..",
                        "org.keycloak.theme",
                        "org.keycloak.theme.beans",
                        "org.keycloak.theme.freemarker",
                        "org.keycloak.userprofile",
                        "org.keycloak.util",
                        "org.keycloak.utils",
                        "com.fasterxml.jackson.databind..",
                        "io.github.multiclientauth..")
                .because(
                        "the JAR ships no third-party class, and what else is on Keycloak's class path may be gone in the"
                                + " next version")
                .check(CLASSES);
    }

    @Test
    void needs_no_storage_of_keycloak() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.keycloak.models.jpa..", "org.keycloak.models.cache..", "org.keycloak.models.sessions..")
                .because("an installation may use another one")
                .check(CLASSES);
    }

    @Test
    void calls_nothing_that_differs_between_keycloak_26_0_and_26_7() {
        noClasses()
                .should()
                .callMethodWhere(
                        target(owner(assignableTo(LoginProtocol.class))).and(target(name("sendError"))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(AuthResult.class)))
                        .and(target(nameMatching("session|user|token|client"))))
                .orShould()
                .callMethodWhere(
                        target(owner(assignableTo(IdentityProviderModel.class))).and(target(name("isLinkOnly"))))
                .orShould()
                .dependOnClassesThat(
                        nameMatching("org\\.keycloak\\.(http\\.simple\\.|broker\\.provider\\.util\\.SimpleHttp).*")
                                .or(nameMatching(".*\\$AuthenticationCallback")))
                .because("one JAR runs on all of them")
                .check(CLASSES);
    }

    /**
     * {@link EmailAddress} has to know what Keycloak does. The two others refuse or withhold texts that look alike. There it is safer if
     * more letters count as the same.
     */
    @Test
    void compares_identifiers_without_case_mappings_beyond_ascii() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(EmailAddress|provider\\.OwnLogin|decision\\.WithheldAddress)")
                .and()
                .resideInAnyPackage(
                        BASE,
                        BASE + ".application",
                        BASE + ".broker",
                        BASE + ".decision",
                        BASE + ".link",
                        BASE + ".origin",
                        BASE + ".provider",
                        BASE + ".rules",
                        BASE + ".token")
                .should()
                .callMethodWhere(target(owner(assignableTo(String.class)))
                        .and(target(nameMatching("equalsIgnoreCase|compareToIgnoreCase|toLowerCase|toUpperCase"))))
                .orShould()
                .callMethod(String.class, "regionMatches", boolean.class, int.class, String.class, int.class, int.class)
                .because("the mailbox of one person would become that of another (CVE-2019-19844)")
                .check(CLASSES);
    }
}
