package io.github.multiclientauth.testbed.provider.internet;

import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import io.github.multiclientauth.testbed.web.Loop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The stand-ins with two apps at each. They start once for all test classes, because making keys and certificates takes seconds. Each test
 * uses its own people.
 */
public final class Internet implements AutoCloseable {

    public static final String CALLBACK = "http://localhost:8080/realms/r/endpoint";
    public static final RegisteredApp APP = app("the-app");
    public static final RegisteredApp OTHER_APP = app("the-other-app");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
    private final AtomicInteger joined = new AtomicInteger();
    private final Loop loop = new Loop();
    private final Path directory;
    private final StandInProviders providers;
    private final HttpClient client;

    private Internet() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("stand-ins");
        providers = StandInProviders.start(
                loop.vertx(), Ports.free().providers(), directory, ((InstantSource) now::get).withZone(ZoneOffset.UTC));
        for (StandIn standIn : providers.all()) {
            boolean oneCallback = standIn.alias().equals("github");
            standIn.ledger().apps().register(oneCallback ? onlyAt(CALLBACK, APP) : APP);
            standIn.ledger().apps().register(oneCallback ? onlyAt(CALLBACK, OTHER_APP) : OTHER_APP);
        }
        client = providers.httpClient();
    }

    private static RegisteredApp onlyAt(String callback, RegisteredApp app) {
        return new RegisteredApp(app.clientId(), app.clientSecret(), app.name(), Set.of(callback));
    }

    private static RegisteredApp app(String id) {
        return new RegisteredApp(
                id, "secret of " + id, "The app", Set.of(CALLBACK, "https://app.example.com/endpoint?of=" + id));
    }

    public StandInProviders providers() {
        return providers;
    }

    public StandIn standIn(String alias) {
        return providers.all().stream()
                .filter(standIn -> standIn.alias().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    /** Creates a person for one test only. */
    public Person newPerson(String name) {
        String login = "p" + joined.incrementAndGet();
        return providers.people().join(login, Optional.of(name), login + "@example.org", true);
    }

    public Person usual(String login) {
        return providers.people().find(login).orElseThrow();
    }

    /** Advances the clock, which all tests share. */
    public void pass(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    public Instant now() {
        return now.get();
    }

    public Visitor newVisitor() {
        return new Visitor(client);
    }

    Path directory() {
        return directory;
    }

    Loop loop() {
        return loop;
    }

    @Override
    public void close() throws IOException, ExecutionException, TimeoutException {
        providers.close();
        loop.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Gives tests the one {@link Internet}. */
    public static final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Internet.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Internet.class))
                    .computeIfAbsent(Internet.class, key -> start(), Internet.class);
        }

        private static Internet start() {
            try {
                return new Internet();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
