package io.github.multiclientauth.extension;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

class ArchitectureTest {

    private static final String EDGE = ".*(Authenticator|Factory|Mapper|Note|Parameter|Page|Log|Log_\\$logger"
            + "|Application\\w+Provider|RealmProviders|Terms|Configuration|OptIn|Answer|Rules|Setting"
            + "|SignInProvider|GateProvider|FormsProvider|Bean|SeparateSignIn|ReplacedSession|OriginCheck"
            + "|ListenerProvider|FreeMarkerProvider|Addresses|Reading|ProviderNames|AfterCommit|Changes|Queries|RealmTransactions"
            + "|ServerCheck(\\$Result)?|Directory(Resource(\\$1)?|Permission|Json)|DoctorJson)";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.multiclientauth.extension");

    @Test
    void decides_in_plain_java() {
        classes()
                .that()
                .haveNameNotMatching(EDGE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.github.multiclientauth..")
                .because("what is decided about a sign-in is tested without Keycloak, and Keycloak changes")
                .check(CLASSES);
    }

    @Test
    void decisions_do_not_reach_the_edges() {
        noClasses()
                .that()
                .haveNameNotMatching(EDGE)
                .should()
                .dependOnClassesThat(nameMatching("io\\.github\\.multiclientauth\\.extension\\..*")
                        .and(nameMatching(EDGE)))
                .because("Keycloak's types would come along")
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
                        "org.keycloak.events..",
                        "org.keycloak.forms.login..",
                        "org.keycloak.headers",
                        "org.keycloak.http",
                        "org.keycloak.jose.jws",
                        "org.keycloak.models..",
                        "org.keycloak.protocol..",
                        "org.keycloak.provider..",
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
     * {@link EmailAddress} has to know what Keycloak does. The two others refuse or withhold what looks like something: there, more
     * letters that count as the same are the safe side.
     */
    @Test
    void compares_what_tells_people_apart_without_case_mappings_beyond_ascii() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(EmailAddress|broker\\.OwnLogin|claims\\.WithheldAddress)")
                .and()
                .resideInAnyPackage(
                        "..extension",
                        "..extension.broker..",
                        "..extension.claims..",
                        "..extension.link..",
                        "..extension.origin..",
                        "..extension.preview..",
                        "..extension.rules..")
                .should()
                .callMethodWhere(target(owner(assignableTo(String.class)))
                        .and(target(nameMatching("equalsIgnoreCase|compareToIgnoreCase|toLowerCase|toUpperCase"))))
                .orShould()
                .callMethod(String.class, "regionMatches", boolean.class, int.class, String.class, int.class, int.class)
                .because("the mailbox of one person would become that of another (CVE-2019-19844)")
                .check(CLASSES);
    }

    @Test
    void origin_stands_alone() {
        noClasses()
                .that()
                .resideInAPackage("..extension.origin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..extension.claims..")
                .because("tokens tell of sign-ins, sign-ins know nothing of tokens")
                .check(CLASSES);
    }
}
