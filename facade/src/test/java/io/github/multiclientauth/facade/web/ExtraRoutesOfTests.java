package io.github.multiclientauth.facade.web;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.multiclientauth.facade.oidc.ClientKeys;
import io.github.multiclientauth.facade.seal.FileAccess;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.ForwardAuth;
import io.github.multiclientauth.facade.wire.Route;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The routes beside the contract, and what they say themselves that they serve. */
public final class ExtraRoutesOfTests {

    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private ExtraRoutesOfTests() {}

    /** Such as {@code GET /client.js}. A route with any method counts with GET. */
    public static Set<String> operations() {
        List<ExtraRoute> routes = List.of(
                new ClientScript(),
                new KeysRoute(Optional.of(keys())),
                new BackChannelRoute(null, null, null),
                new VerifyRoute(new ForwardAuth(List.of(new Secret("a")), List.of()), null, null, null, null, null));
        Set<String> known =
                routes.stream().map(route -> route.getClass().getName()).collect(Collectors.toSet());
        if (!known.equals(classes())) {
            throw new AssertionError("The routes are " + classes() + ", known here are " + known);
        }
        Set<String> operations = new TreeSet<>();
        for (ExtraRoute route : routes) {
            String path = route.path();
            for (HttpMethod method : METHODS) {
                if (route.serves(request(method), Target.of(path))) {
                    operations.add(method + " " + path.substring(Route.BASE_PATH.length()));
                }
                if (method.equals(HttpMethod.GET)
                        && route.serves(request(method), Target.of(path + "/x"))
                        && VerifyRoute.isBelow(path + "/x")) {
                    operations.add("GET " + path.substring(Route.BASE_PATH.length()) + "/{path}");
                }
            }
        }
        return operations;
    }

    private static Set<String> classes() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackagesOf(ExtraRoute.class)
                        .stream()
                        .filter(type -> type.isAssignableTo(ExtraRoute.class) && !type.isInterface())
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
    }

    private static ClientKeys keys() {
        try {
            Path file = Files.createTempDirectory(Path.of("target"), "keys").resolve("keys.json");
            return ClientKeys.inFile(file, Duration.ZERO, FileAccess.OWNER_ALONE, why -> {}, Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServerRequest request(HttpMethod method) {
        return (HttpServerRequest) Proxy.newProxyInstance(
                ExtraRoutesOfTests.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, called, arguments) -> {
                    if (called.getName().equals("method") && called.getParameterCount() == 0) {
                        return method;
                    }
                    throw new AssertionError("Only the method decides: " + called);
                });
    }
}
