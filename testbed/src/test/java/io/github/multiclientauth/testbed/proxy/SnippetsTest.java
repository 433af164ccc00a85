package io.github.multiclientauth.testbed.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.github.multiclientauth.testbed.shipped.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the documentation's snippets for programs that no test can run. */
class SnippetsTest {

    private static final Path SNIPPETS = Path.of("..", "docs", "proxies");

    @Test
    void the_ingress_has_the_fields_that_kubernetes_knows() throws Exception {
        Ingress ingress = Manifests.typed(read("kubernetes-ingress.yaml"), Ingress.class);

        assertThat(ingress.getApiVersion()).isEqualTo("networking.k8s.io/v1");
        assertThat(ingress.getKind()).isEqualTo("Ingress");
        IngressRule rule = ingress.getSpec().getRules().get(0);
        assertThat(ingress.getSpec().getTls().get(0).getHosts())
                .as("the host of the certificate")
                .isEqualTo(List.of(rule.getHost()));
        HTTPIngressPath path = rule.getHttp().getPaths().get(0);
        assertThat(path.getPath()).isEqualTo("/api/auth/");
        assertThat(path.getPathType()).isEqualTo("Prefix");
        assertThat(path.getBackend().getService().getPort().getNumber()).isEqualTo(8090);
    }

    /** ingress-nginx writes them into nginx' configuration as proxy_buffer_size. Its own default is 4k. */
    @Test
    void the_ingress_has_room_for_the_cookies_of_the_facade() throws Exception {
        Ingress ingress = Manifests.typed(read("kubernetes-ingress.yaml"), Ingress.class);

        assertThat(ingress.getMetadata().getAnnotations())
                .containsEntry("nginx.ingress.kubernetes.io/proxy-buffer-size", "16k")
                .allSatisfy((name, value) -> assertThat(name).startsWith("nginx.ingress.kubernetes.io/proxy-"));
    }

    /** Shows that the first test can fail. */
    @Test
    void a_field_that_kubernetes_does_not_know_is_noticed() throws Exception {
        JsonNode manifest = Manifests.one(
                Files.readString(SNIPPETS.resolve("kubernetes-ingress.yaml")).replace("pathType", "pathtype"));

        assertThatThrownBy(() -> Manifests.typed(manifest, Ingress.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("pathtype");
    }

    /** Checks only references, because there is no library that knows Traefik's fields. */
    @Test
    void the_router_of_traefik_refers_to_an_existing_service() throws Exception {
        JsonNode http = read("traefik.yaml").path("http");

        assertThat(http.path("routers")).isNotEmpty().allSatisfy(router -> {
            assertThat(router.path("rule").asText()).contains("PathPrefix(`/api/auth/`)");
            JsonNode service = http.path("services").path(router.path("service").asText());
            assertThat(service.path("loadBalancer").path("passHostHeader").asBoolean())
                    .isTrue();
            assertThat(service.path("loadBalancer").path("servers")).isNotEmpty();
        });
    }

    private JsonNode read(String snippet) throws IOException {
        return Manifests.one(Files.readString(SNIPPETS.resolve(snippet)));
    }
}
