package io.github.multiclientauth.facade.web;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The OpenAPI files of the facade and of its extension of Keycloak, on the management port alone. They name the version of the
 * facade, with which the extension of the same release goes.
 */
@Singleton
final class OpenApiRoutes {

    static final String PATH = "/openapi";
    static final List<String> NAMES = List.of("facade", "extension");

    /** What the files have in place of a version. */
    private static final String CURRENT = "\n  version: current\n";

    private final String version;

    OpenApiRoutes(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    void register(@Observes ManagementInterface management) {
        Router router = management.router();
        for (String name : NAMES) {
            String file = read(name);
            router.route(PATH + "/" + name + ".yaml")
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(routing -> headers(routing.response())
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                            .end(file));
        }
        router.get(PATH)
                .handler(routing -> headers(routing.response())
                        .putHeader(HttpHeaders.LOCATION, "openapi/" + NAMES.get(0) + ".yaml")
                        .setStatusCode(302)
                        .end());
    }

    private static HttpServerResponse headers(HttpServerResponse response) {
        return response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(ReplyWriter.CONTENT_TYPE_OPTIONS, ReplyWriter.NOSNIFF);
    }

    private String read(String name) {
        try (InputStream stream = OpenApiRoutes.class.getResourceAsStream("openapi-" + name + ".yaml")) {
            String file = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return file.replace(CURRENT, "\n  version: \"" + version + "\"\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
