package io.github.multiclientauth.facade;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String BASE = "io.github.multiclientauth.facade";
    /** The edges: HTTP, settings, pages, log, audit stream, metrics and traces, and the entry point in the base package. */
    private static final String[] EDGES = {
        BASE,
        BASE + ".web..",
        BASE + ".config..",
        BASE + ".page..",
        BASE + ".log..",
        BASE + ".audit..",
        BASE + ".metrics..",
        BASE + ".trace.."
    };

    private static final String[] SERVER = {
        "io.vertx..",
        "io.netty..",
        "io.quarkus..",
        "io.smallrye..",
        "jakarta..",
        "io.micrometer..",
        "io.opentelemetry.."
    };

    private static final JavaClasses FACADE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @Test
    void looks_at_the_classes_of_the_facade() {
        assertThat(FACADE.contain(ClientDirectory.class)).isTrue();
    }

    @Test
    void the_deciding_code_does_not_know_the_server() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER)
                .because(
                        "the deciding code is plain Java, tested without a container; Vert.x and Quarkus stay at the edges")
                .check(FACADE);
    }

    @Test
    void only_oidc_knows_nimbus() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".oidc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.nimbusds..")
                .because("the library is an adapter behind AuthorizationServer; sealing is held to it by a test only")
                .check(FACADE);
    }

    @Test
    void only_oidc_asks_other_servers() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".oidc..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.http\\..*|java\\.net\\.(Http)?URLConnection|java\\.net\\.Socket"
                        + "|io\\.vertx\\.core\\.http\\.HttpClient.*|io\\.vertx\\.ext\\.web\\.client\\..*")
                .because("the facade fetches nothing that a request names")
                .check(FACADE);
    }

    @Test
    void sealing_knows_nothing_but_the_jdk_and_json() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".seal..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..",
                        "javax.crypto..",
                        "com.fasterxml.jackson..",
                        "com.github.benmanes.caffeine..",
                        BASE + ".seal..")
                .because("what protects every session is small enough to be read in one sitting")
                .check(FACADE);
    }

    @Test
    void packages_are_features_and_form_no_cycle() {
        slices().matching(BASE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a feature that can be read alone is one that can be reviewed alone")
                .check(FACADE);
    }

    @Test
    void features_do_not_know_the_edges() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EDGES)
                .because("dependencies point inwards: parse, decide, render")
                .check(FACADE);
    }

    @Test
    void only_the_edge_turns_cookies_into_headers() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".web..")
                .should()
                .callMethodWhere(target(owner(JavaClass.Predicates.equivalentTo(SetCookie.class)))
                        .and(target(name("header"))))
                .because("the deciding code returns cookies, and one place writes them as headers")
                .check(FACADE);
    }

    @Test
    void only_set_cookie_writes_cookies() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.vertx\\.core\\.http\\.Cookie|io\\.netty\\.handler\\.codec\\.http\\.cookie\\..*"
                        + "|java\\.net\\.HttpCookie|jakarta\\.ws\\.rs\\.core\\.(New)?Cookie")
                .because("SetCookie alone decides on HttpOnly, Secure, SameSite and the encoding")
                .check(FACADE);
    }

    @Test
    void time_comes_from_the_injected_clock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("a test must be able to let time pass")
                .check(FACADE);
    }

    @Test
    void the_deciding_code_makes_no_clock_of_its_own() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .because("a test must be able to let time pass")
                .check(FACADE);
    }

    @Test
    void randomness_is_secure() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Random|SplittableRandom)|java\\.util\\.concurrent\\.ThreadLocalRandom")
                .because("every random value here is a secret")
                .check(FACADE);
    }

    @Test
    void nothing_is_printed() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("operators read messages with ids, which contain no secrets")
                .check(FACADE);
    }
}
