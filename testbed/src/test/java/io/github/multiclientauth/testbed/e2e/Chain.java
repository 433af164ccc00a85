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
import io.github.multiclientauth.testbed.proof.TokenCanary;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.People;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.internet.StandInProviders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The running chain, for tests. Tests create their own people and are independent of each other. */
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
     * Waits until the chain's own applications are the same for the facade as at the start. If a test makes an application on the same host
     * name at another port, their cookies have other names as long as the facade knows it. If a test makes a provider, they offer it.
     */
    void awaitItsOwnApplicationsAlone() throws Exception {
        Soon.see(this::known, known::equals);
    }

    /** The names of their cookies, and their providers. */
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

    /** The port of the facade for operators. */
    int managementPort() {
        return testbed.managementPort();
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

    /** The file that {@code ${vault.key}} in the console refers to. */
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

    /** The address of a person's picture at GitHub. */
    String picture(Person person) {
        return testbed.providers().gitHub().picture(person);
    }

    /** Every code and token that the stand-ins have issued. */
    List<String> handedOutByTheProvider() {
        return testbed.providers().everHandedOut().toList();
    }

    /** The OAuth apps at the providers. */
    ProviderApps apps() {
        return testbed.apps();
    }

    /** Creates a person with an account at each provider, for one test only. */
    Person somebody() {
        return somebody(Optional.of("Test Person"), true);
    }

    Person somebody(Optional<String> name, boolean emailIsPublic) {
        String login = "person-" + people.incrementAndGet();
        return people().join(login, name, login + "@example.com", emailIsPublic);
    }

    /** Opens a new browser. */
    Visitor visitor() {
        Visitor visitor = new Visitor();
        visitors.add(visitor);
        return visitor;
    }

    /** All browsers that tests have opened. */
    List<Visitor> visitors() {
        return List.copyOf(visitors);
    }

    SignIn atPortfolio(Visitor visitor) {
        return new SignIn(visitor, portfolio());
    }

    SignIn atDashboard(Visitor visitor) {
        return new SignIn(visitor, dashboard());
    }

    /** Also writes down how much the canary has looked at, for those who want to know whether it has looked. */
    @Override
    public void close() {
        testbed.close();
        try {
            Files.writeString(logs().resolve("canary.txt"), "No token in " + TokenCanary.summary() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
