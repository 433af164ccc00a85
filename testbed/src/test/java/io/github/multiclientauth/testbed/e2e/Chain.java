package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.backend.Backends;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Progress;
import io.github.multiclientauth.testbed.launch.ProviderApps;
import io.github.multiclientauth.testbed.launch.RealApps;
import io.github.multiclientauth.testbed.launch.RunSecrets;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.People;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.internet.StandInProviders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The running chain, as tests see it. Tests make people of their own and are independent of each other. */
final class Chain implements AutoCloseable {

    private final Testbed testbed;
    private final KeycloakAdministrator administrator;
    private final AtomicInteger people = new AtomicInteger();
    private final List<Visitor> visitors = new CopyOnWriteArrayList<>();
    private final Set<String> known;

    private Chain(Testbed testbed) {
        this.testbed = testbed;
        this.administrator = new KeycloakAdministrator(
                testbed.keycloak().address(), testbed.secrets().administrator());
        this.known = known();
    }

    /**
     * Waits until the facade knows the chain's own applications as it did at the start. An application that a test makes on the same
     * host name, at another port, gives their cookies other names for as long as the facade knows it, and a provider that it makes is
     * offered by them.
     */
    void awaitItsOwnApplicationsAlone() throws Exception {
        Soon.see(this::known, known::equals);
    }

    /** The names of their cookies, and what they offer. */
    private Set<String> known() {
        Visitor visitor = new Visitor();
        Stream<String> offers = Stream.of(portfolio(), dashboard())
                .map(application -> new Auth(visitor, application))
                .peek(Auth::csrfToken)
                .map(application -> visitor.get(application.at("providers")).body())
                .toList()
                .stream();
        return Stream.concat(offers, visitor.cookies().all().stream().map(Cookie::name))
                .collect(Collectors.toSet());
    }

    static Chain start() throws IOException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path logs = artifacts.workDirectory().resolve("logs").resolve("verify");
        Testbed testbed = new Testbed(Ports.free(), RunSecrets.random(Map.of()), RealApps.none(), logs);
        testbed.start(
                artifacts,
                Backends.of(System.getProperties(), artifacts),
                OwnFacade.POLLING_OFTEN,
                new Progress(System.out::println));
        return new Chain(testbed);
    }

    Origin portfolio() {
        return testbed.addresses().portfolio();
    }

    Origin dashboard() {
        return testbed.addresses().dashboard();
    }

    Origin facade() {
        return testbed.addresses().facade();
    }

    Origin keycloak() {
        return testbed.addresses().keycloak();
    }

    Origin provider() {
        return testbed.addresses().provider();
    }

    URI issuer() {
        return testbed.keycloak().issuer();
    }

    RunSecrets secrets() {
        return testbed.secrets();
    }

    Path logs() {
        return testbed.logs();
    }

    /** The file that {@code ${vault.key}} stands for in the console. */
    Path vaultFile(String key) {
        return testbed.keycloak().vaultFile(key);
    }

    KeycloakAdministrator administrator() {
        return administrator;
    }

    People people() {
        return testbed.providers().people();
    }

    StandInProviders providers() {
        return testbed.providers();
    }

    /** The address of somebody's picture at GitHub. */
    String picture(Person person) {
        return testbed.providers().gitHub().picture(person);
    }

    /** Every code and token that the stand-in ever handed out. */
    List<String> handedOutByTheProvider() {
        return testbed.providers().everHandedOut().toList();
    }

    /** The OAuth apps at the providers. */
    ProviderApps apps() {
        return testbed.apps();
    }

    /** Somebody with an account at the provider whom no other test knows. */
    Person somebody() {
        return somebody(Optional.of("Test Person"), true);
    }

    Person somebody(Optional<String> name, boolean emailIsPublic) {
        String login = "person-" + people.incrementAndGet();
        return people().join(login, name, login + "@example.com", emailIsPublic);
    }

    /** A browser that nobody has used yet. */
    Visitor visitor() {
        Visitor visitor = new Visitor();
        visitors.add(visitor);
        return visitor;
    }

    /** Every browser that tests have used. */
    List<Visitor> visitors() {
        return List.copyOf(visitors);
    }

    SignIn atPortfolio(Visitor visitor) {
        return new SignIn(visitor, portfolio());
    }

    SignIn atDashboard(Visitor visitor) {
        return new SignIn(visitor, dashboard());
    }

    @Override
    public void close() {
        testbed.close();
    }
}
