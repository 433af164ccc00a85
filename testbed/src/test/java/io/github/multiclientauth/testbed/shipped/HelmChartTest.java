package io.github.multiclientauth.testbed.shipped;

import static io.github.multiclientauth.testbed.shipped.HelmChart.container;
import static io.github.multiclientauth.testbed.shipped.HelmChart.environment;
import static io.github.multiclientauth.testbed.shipped.HelmChart.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.LintResult;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Helm chart: what it renders, what it refuses, and that it agrees with the facade. */
class HelmChartTest {

    private static final Path ROOT = Path.of("..");
    private static final String ISSUER = "keycloak: {issuer: 'https://id.example.com/realms/example'}\n";
    private static final String PREFIX = HelmChart.RELEASE + "-multi-client-auth";

    private static final String EVERYTHING = """
            keycloak:
              issuer: https://id.example.com/realms/example
              trustedCertificates: {existingConfigMap: company-ca, key: bundle.pem}
            applications:
              - {name: portfolio, hosts: [portfolio.example.com, www.portfolio.example.com], tlsSecretName: portfolio-tls}
              - name: previews
                hosts: ['*.preview.example.com']
                annotations: {nginx.ingress.kubernetes.io/proxy-buffer-size: 32k, team: previews}
                parentRefs: [{name: internal}]
            ingress: {enabled: true, className: nginx}
            httpRoute: {enabled: true, parentRefs: [{name: public, namespace: gateways, sectionName: https}]}
            trustedProxies: [10.244.0.0/16, '2001:db8::/48', 10.0.0.5, '2001:db8:1::5', '[fd00::1:5]']
            centralOrigins: ['https://auth.example.com']
            authSecret:
              values: {AUTH_SECRET: 'kYh2gB1vUo8Jt4nEw6rXz9qLs3mPd7cA', AUTH_SECRET_1: 'Zp5kRw8xTn1vQy6bHs9mLd3cFg7jUe2A'}
            clientSecrets:
              values: {shop: s3cret, my shop: '$x\\y', 'https://a.example/b+c': plus, .hidden: dot}
            account: {secret: account-secret}
            settings: {MCA_SESSION_GRACE: 30M, MCA_LIMITS_SIGN_INS_PER_MINUTE: 10000000, QUARKUS_OTEL_SDK_DISABLED: false}
            extraEnv: [{name: QUARKUS_LOG_LEVEL, valueFrom: {configMapKeyRef: {name: logs, key: level}}}]
            extraVolumes: [{name: pages, configMap: {name: pages}}]
            extraVolumeMounts: [{name: pages, mountPath: /pages}]
            image: {digest: 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'}
            imagePullSecrets: [{name: registry}]
            autoscaling: {enabled: true}
            podDisruptionBudget: {maxUnavailable: '', minAvailable: 50%}
            serviceAccount: {name: facade, annotations: {a: b}}
            service: {annotations: {a: b}}
            podAnnotations: {a: b}
            podLabels: {team: identity}
            nodeSelector: {kubernetes.io/os: linux}
            tolerations: [{key: dedicated, operator: Exists}]
            affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution:
              [{weight: 1, preference: {matchExpressions: [{key: a, operator: Exists}]}}]}}
            priorityClassName: important
            hostAliases: [{ip: 10.0.0.1, hostnames: [id.example.com]}]
            networkPolicy:
              from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}]
              managementFrom: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
              egress: [{ports: [{port: 443, protocol: TCP}]}]
            metrics:
              serviceMonitor: {enabled: true, labels: {release: prometheus}}
              prometheusRule: {enabled: true, labels: {release: prometheus}}
            """;

    private static final String EXISTING_SECRETS = ISSUER + """
            authSecret: {existingSecret: my-masters, keys: [AUTH_SECRET, AUTH_SECRET_1]}
            clientKey: {existingSecret: my-key, key: jwks}
            clientSecrets: {existingSecret: my-clients, items: [{key: my-shop, path: my%20shop}]}
            account: {existingSecret: my-account, key: password}
            """;

    private static final String LITTLE = ISSUER + """
            clientKey: {enabled: false}
            account: {existingSecret: my-account}
            serviceAccount: {create: false}
            podDisruptionBudget: {enabled: false}
            networkPolicy: {enabled: false}
            topologySpreadConstraints: []
            replicaCount: 1
            preStopSeconds: 0
            podSecurityContext: {runAsUser: null, runAsGroup: null, fsGroup: null}
            nameOverride: sign-in
            """;

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 Secret", Secret.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("v1 Pod", Pod.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class));

    @TempDir
    private static Path work;

    private static HelmChart chart;

    @BeforeAll
    static void start() throws IOException {
        chart = new HelmChart(work);
    }

    @AfterAll
    static void stop() {
        if (chart != null) {
            chart.close();
        }
    }

    static List<String> values() throws IOException {
        return List.of(ISSUER, EVERYTHING, EXISTING_SECRETS, LITTLE, documented());
    }

    /** The values that the page shows. */
    private static String documented() throws IOException {
        Matcher block = Pattern.compile("(?s)```yaml\n(# values\\.yaml\n.*?)```")
                .matcher(Files.readString(ROOT.resolve("docs/how-to/kubernetes.md")));
        assertThat(block.find()).as("values in the page").isTrue();
        return block.group(1);
    }

    @Test
    void helm_finds_nothing_to_complain_about() {
        LintResult result = chart.lint();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
        assertThat(result.getMessages()).allMatch(message -> message.contains("icon is recommended"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void every_object_is_one_that_kubernetes_knows(String values) throws IOException {
        List<JsonNode> manifests = chart.renderWithHooks(values);

        assertThat(manifests).hasSizeGreaterThan(2);
        Set<String> names = new HashSet<>();
        for (JsonNode manifest : manifests) {
            String type = manifest.path("apiVersion").asText() + " "
                    + manifest.path("kind").asText();
            assertThat(TYPES).containsKey(type);
            Manifests.typed(manifest, TYPES.get(type));
            JsonNode metadata = manifest.path("metadata");
            assertThat(names.add(type + " " + metadata.path("name").asText()))
                    .as("one object of that name")
                    .isTrue();
            assertThat(metadata.path("name").asText()).matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
            assertThat(metadata.path("labels").fieldNames())
                    .toIterable()
                    .contains(
                            "helm.sh/chart",
                            "app.kubernetes.io/name",
                            "app.kubernetes.io/instance",
                            "app.kubernetes.io/version",
                            "app.kubernetes.io/managed-by");
        }
    }

    /** Shows that the test before can fail. */
    @Test
    void a_field_that_kubernetes_does_not_know_is_noticed() throws IOException {
        JsonNode deployment = only(chart.render(ISSUER), "Deployment", "");
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("readynessProbe", "");

        assertThatThrownBy(() -> Manifests.typed(deployment, Deployment.class)).hasMessageContaining("readynessProbe");
    }

    @Test
    void everything_is_rendered_when_it_is_switched_on() throws IOException {
        Set<String> kinds = new TreeSet<>();
        chart.renderWithHooks(EVERYTHING)
                .forEach(manifest -> kinds.add(manifest.path("apiVersion").asText() + " "
                        + manifest.path("kind").asText()));

        assertThat(kinds).isEqualTo(new TreeSet<>(TYPES.keySet()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void what_refers_to_something_finds_it(String values) throws IOException {
        List<JsonNode> manifests = chart.renderWithHooks(values);
        JsonNode deployment = only(manifests, "Deployment", "");
        JsonNode pod = deployment.at("/spec/template");
        Set<String> ports = texts(pod.at("/spec/containers/0/ports"), "name");

        assertThat(selects(deployment.at("/spec/selector/matchLabels"), pod)).isTrue();
        for (JsonNode manifest : manifests) {
            JsonNode spec = manifest.path("spec");
            switch (manifest.path("kind").asText()) {
                case "Service" -> {
                    assertThat(selects(spec.path("selector"), pod)).isTrue();
                    assertThat(ports).containsAll(texts(spec.path("ports"), "targetPort"));
                }
                case "PodDisruptionBudget" ->
                    assertThat(selects(spec.at("/selector/matchLabels"), pod)).isTrue();
                case "NetworkPolicy" -> {
                    assertThat(selects(spec.at("/podSelector/matchLabels"), pod))
                            .isTrue();
                    spec.path("ingress")
                            .forEach(rule -> assertThat(ports).containsAll(texts(rule.path("ports"), "port")));
                }
                case "HorizontalPodAutoscaler" ->
                    assertThat(spec.at("/scaleTargetRef/name")).isEqualTo(deployment.at("/metadata/name"));
                case "Pod" ->
                    assertThat(selects(deployment.at("/spec/selector/matchLabels"), manifest))
                            .as("the pod of helm test is no facade")
                            .isFalse();
                default -> assertThat(spec.has("serviceName")).isFalse();
            }
        }
        Set<String> volumes = texts(pod.at("/spec/volumes"), "name");
        assertThat(texts(pod.at("/spec/containers/0/volumeMounts"), "name")).isEqualTo(volumes);
        for (JsonNode volume : pod.at("/spec/volumes")) {
            String secret = volume.at("/secret/secretName").asText();
            if (secret.contains("multi-client-auth") || secret.contains("sign-in")) {
                JsonNode data = only(manifests, "Secret", secret).path("data");
                volume.at("/secret/items")
                        .forEach(item ->
                                assertThat(data.has(item.path("key").asText())).isTrue());
            }
        }
        pod.at("/spec/topologySpreadConstraints")
                .forEach(constraint -> assertThat(selects(constraint.at("/labelSelector/matchLabels"), pod))
                        .isTrue());
    }

    private static boolean selects(JsonNode selector, JsonNode pod) {
        assertThat(selector).isNotEmpty();
        for (Map.Entry<String, JsonNode> label : selector.properties()) {
            if (!label.getValue().equals(pod.at("/metadata/labels").path(label.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> texts(JsonNode list, String field) {
        Set<String> texts = new TreeSet<>();
        list.forEach(entry -> texts.add(entry.path(field).asText()));
        return texts;
    }

    @Test
    void ports_probes_and_limits_are_those_of_the_facade() throws IOException {
        Properties facade = new Properties();
        try (Reader file = Files.newBufferedReader(ROOT.resolve("facade/src/main/resources/application.properties"))) {
            facade.load(file);
        }
        String image = Files.readString(ROOT.resolve("facade/Dockerfile"));
        String monitoring = Files.readString(ROOT.resolve("docs/how-to/monitoring.md"));
        List<JsonNode> manifests = chart.render(EVERYTHING);
        JsonNode pod = only(manifests, "Deployment", "").at("/spec/template/spec");
        JsonNode container = container(manifests);

        assertThat(texts(container.path("ports"), "containerPort"))
                .containsExactly(
                        facade.getProperty("quarkus.http.port"), facade.getProperty("quarkus.management.port"));
        assertThat(image)
                .contains("EXPOSE %s %s\n"
                        .formatted(
                                facade.getProperty("quarkus.http.port"), facade.getProperty("quarkus.management.port")))
                .contains("QUARKUS_MANAGEMENT_HOST=0.0.0.0")
                .contains("USER %s:%s\n"
                        .formatted(
                                pod.at("/securityContext/runAsUser").asText(),
                                pod.at("/securityContext/runAsGroup").asText()));
        for (String probe : List.of("startup", "liveness", "readiness")) {
            JsonNode get = container.path(probe + "Probe").path("httpGet");
            assertThat(get.path("port").asText()).isEqualTo("management");
            assertThat(monitoring).contains("| `" + get.path("path").asText() + "` | " + probe + " probe");
        }
        JsonNode endpoint = only(manifests, "ServiceMonitor", "").at("/spec/endpoints/0");
        assertThat(monitoring).contains("| `" + endpoint.path("path").asText() + "` | Prometheus");
        Matcher shutdown = Pattern.compile("QUARKUS_SHUTDOWN_TIMEOUT=(\\d+)S").matcher(image);
        assertThat(shutdown.find()).isTrue();
        JsonNode values = HelmChart.values();
        assertThat(values.path("terminationGracePeriodSeconds").asInt())
                .as("time to stop")
                .isGreaterThan(values.path("preStopSeconds").asInt() + Integer.parseInt(shutdown.group(1)));
        assertThat(Files.readString(ROOT.resolve("docker-compose.yml"))).contains("mem_limit: 384m");
        assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("384Mi");
    }

    /** The folder belongs to the facade's user, so that a new volume does, too. */
    @Test
    void the_image_has_the_folder_for_the_key_that_the_pages_name() throws IOException {
        String folder = "/var/lib/multi-client-auth";

        assertThat(Files.readString(ROOT.resolve("facade/Dockerfile")))
                .contains("RUN install -d -o 1000 -g 1000 -m 700 " + folder + "\n");
        assertThat(Files.readString(ROOT.resolve("docs/how-to/images.md")))
                .contains("-v facade-key:" + folder + " ", "MCA_CLIENT_KEY_FILE=" + folder + "/");
        assertThat(Files.readString(ROOT.resolve("docs/how-to/install.md"))).contains("`" + folder + "/keys.json`");
    }

    @ParameterizedTest
    @MethodSource("values")
    void every_variable_is_a_setting_that_the_reference_knows(String values) throws IOException {
        String reference = Files.readString(ROOT.resolve("docs/reference/configuration-reference.md"));
        String proxies = Files.readString(ROOT.resolve("docs/how-to/topologies.md"));

        assertThat(environment(chart.render(values))).allSatisfy((name, value) -> {
            if (name.startsWith("QUARKUS_HTTP_PROXY_")) {
                assertThat(proxies).contains(name + "=");
            } else if (!name.startsWith("QUARKUS_") && !name.equals("JAVA_TOOL_OPTIONS")) {
                assertThat(reference).contains("`" + name + "`");
            }
        });
    }

    @Test
    void values_arrive_as_settings() throws IOException {
        assertThat(environment(chart.render(EVERYTHING)))
                .containsEntry("MCA_ISSUER", "https://id.example.com/realms/example")
                .containsEntry("MCA_CENTRAL_ORIGINS", "https://auth.example.com")
                .containsEntry("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true")
                .containsEntry(
                        "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES",
                        "10.244.0.0/16,2001:db8::/48,10.0.0.5,[2001:db8:1::5],[fd00::1:5]")
                .containsEntry("MCA_LIMITS_SIGN_INS_PER_MINUTE", "10000000")
                .containsEntry("QUARKUS_OTEL_SDK_DISABLED", "false")
                .containsEntry("MCA_SESSION_GRACE", "30M");
        assertThat(environment(chart.render(ISSUER)).keySet())
                .as("no proxy is trusted by default")
                .noneMatch(name -> name.startsWith("QUARKUS_HTTP_PROXY"));
    }

    /** A JVM that sees 64 processors of a node needs more memory than its pod may have. */
    @Test
    void the_jvm_is_not_sized_for_the_whole_node() throws IOException {
        String service = Files.readString(ROOT.resolve("deploy/systemd/multi-client-auth-facade.service"));
        String options = HelmChart.values().path("javaOptions").asText();

        assertThat(options).startsWith("-XX:ActiveProcessorCount=");
        assertThat(environment(chart.render(ISSUER))).containsEntry("JAVA_TOOL_OPTIONS", options);
        assertThat(environment(chart.render(ISSUER + "javaOptions: ''"))).doesNotContainKey("JAVA_TOOL_OPTIONS");
        assertThat(service).contains("Environment=JAVA_TOOL_OPTIONS=" + options + "\n");
        assertThat(Files.readString(ROOT.resolve("docker-compose.yml"))).contains("JAVA_TOOL_OPTIONS: " + options);
        assertThat(Files.readString(ROOT.resolve("docs/how-to/images.md")))
                .contains("--env JAVA_TOOL_OPTIONS=" + options);
    }

    @Test
    void a_pod_meets_the_restricted_pod_security_standard() throws IOException {
        for (JsonNode manifest : chart.renderWithHooks(ISSUER)) {
            JsonNode pod = manifest.path("kind").asText().equals("Deployment")
                    ? manifest.at("/spec/template/spec")
                    : manifest.path("spec");
            for (JsonNode container : pod.path("containers")) {
                assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
                assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                        .isEqualTo("RuntimeDefault");
                assertThat(container
                                .at("/securityContext/allowPrivilegeEscalation")
                                .asBoolean(true))
                        .isFalse();
                assertThat(container
                                .at("/securityContext/readOnlyRootFilesystem")
                                .asBoolean())
                        .isTrue();
                assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                        .isEqualTo("ALL");
                assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                        .isFalse();
            }
        }
    }

    /** The facade refuses files that others can read: docs/how-to/secrets.md. */
    @Test
    void only_the_group_of_the_facade_reads_secrets() throws IOException {
        for (String values : List.of(EVERYTHING, EXISTING_SECRETS)) {
            JsonNode pod = only(chart.render(values), "Deployment", "").at("/spec/template/spec");
            assertThat(pod.at("/securityContext/fsGroup").asInt()).isEqualTo(1000);
            assertThat(pod.path("volumes").findValues("secret"))
                    .hasSize(4)
                    .allSatisfy(secret ->
                            assertThat(secret.path("defaultMode").asInt()).isEqualTo(0440));
        }
    }

    @Test
    void an_application_has_a_route_of_each_kind() throws IOException {
        List<JsonNode> manifests = chart.render(EVERYTHING);
        JsonNode ofPage = Manifests.one(Files.readString(ROOT.resolve("docs/proxies/kubernetes-ingress.yaml")));
        JsonNode ingress = only(manifests, "Ingress", "-portfolio");
        JsonNode route = only(manifests, "HTTPRoute", "-portfolio");

        assertThat(ingress.at("/metadata/annotations")).isEqualTo(ofPage.at("/metadata/annotations"));
        JsonNode path = ingress.at("/spec/rules/0/http/paths/0");
        JsonNode documented = ofPage.at("/spec/rules/0/http/paths/0");
        assertThat(path.path("path")).isEqualTo(documented.path("path"));
        assertThat(path.path("pathType")).isEqualTo(documented.path("pathType"));
        assertThat(ingress.at("/spec/rules")).hasSize(2);
        assertThat(ingress.at("/spec/tls/0/secretName").asText()).isEqualTo("portfolio-tls");
        assertThat(path.at("/backend/service/name").asText()).isEqualTo(PREFIX);
        assertThat(route.at("/spec/hostnames")).hasSize(2);
        assertThat(route.at("/spec/rules/0/matches/0/path/value").asText()).isEqualTo("/api/auth");
        assertThat(route.at("/spec/rules/0/backendRefs/0/name").asText()).isEqualTo(PREFIX);
        assertThat(route.at("/spec/rules/0/backendRefs/0/port").asInt()).isEqualTo(8090);
        assertThat(route.at("/spec/parentRefs/0/name").asText()).isEqualTo("public");

        JsonNode previews = only(manifests, "Ingress", "-previews");
        assertThat(previews.at("/metadata/annotations").path("nginx.ingress.kubernetes.io/proxy-buffer-size"))
                .hasToString("\"32k\"");
        assertThat(previews.at("/metadata/annotations").path("team")).hasToString("\"previews\"");
        assertThat(previews.at("/spec").has("tls")).isFalse();
        assertThat(only(manifests, "HTTPRoute", "-previews")
                        .at("/spec/parentRefs/0/name")
                        .asText())
                .isEqualTo("internal");
    }

    @Test
    void keycloak_reaches_the_keys_of_a_facade_that_is_not_ready() throws IOException {
        List<JsonNode> manifests = chart.render(ISSUER);

        assertThat(only(manifests, "Service", "-keys")
                        .at("/spec/publishNotReadyAddresses")
                        .asBoolean())
                .isTrue();
        assertThat(only(manifests, "Service", PREFIX)
                        .at("/spec/publishNotReadyAddresses")
                        .asBoolean())
                .isFalse();
        assertThat(chart.notes(ISSUER))
                .contains("http://" + PREFIX + "-keys.sso.svc:8090/api/auth/jwks.json")
                .contains("WARNING: trustedProxies is empty");
        assertThat(chart.notes(EVERYTHING))
                .contains("portfolio.example.com, www.portfolio.example.com")
                .doesNotContain("WARNING");
    }

    @Test
    void prometheus_reads_the_management_port_and_nobody_else_reaches_it() throws IOException {
        List<JsonNode> manifests = chart.render(EVERYTHING);
        JsonNode monitor = only(manifests, "ServiceMonitor", "");

        List<JsonNode> selected = manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Service"))
                .filter(service -> selects(monitor.at("/spec/selector/matchLabels"), service))
                .toList();
        assertThat(selected).hasSize(1);
        assertThat(texts(selected.get(0).at("/spec/ports"), "name")).containsExactly("management");
        assertThat(only(manifests, "Service", PREFIX).toString()).doesNotContain("management");
        assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
        assertThat(only(manifests, "NetworkPolicy", "")
                        .at("/spec/ingress/1/ports/0/port")
                        .asText())
                .isEqualTo("management");
        assertThat(only(chart.render(ISSUER), "NetworkPolicy", "").at("/spec/ingress"))
                .hasSize(1);
    }

    /** -Dreference.write copies the file. */
    @Test
    void the_alerts_are_those_of_the_documentation() throws IOException {
        Path copy = HelmChart.FOLDER.resolve("files/alerts.yaml");
        String alerts = Files.readString(ROOT.resolve("docs/alerts.yaml"));
        if (System.getProperty("reference.write") != null) {
            Files.writeString(copy, alerts);
        }

        assertThat(Files.readString(copy)).as("cp docs/alerts.yaml " + copy).isEqualTo(alerts);
        assertThat(only(chart.render(ISSUER + "metrics: {prometheusRule: {enabled: true}}"), "PrometheusRule", "")
                        .path("spec"))
                .isEqualTo(Manifests.one(alerts));
    }

    /** Another release, which the general alerts may see in its place, has another namespace or name. */
    @Test
    void an_alert_notices_that_the_facades_of_this_very_release_are_gone_or_too_few() throws IOException {
        List<JsonNode> manifests = chart.render(EVERYTHING);
        JsonNode groups = only(manifests, "PrometheusRule", "").at("/spec/groups");
        String service =
                only(manifests, "Service", "-management").at("/metadata/name").asText();
        String release = "{namespace=\"%s\",job=\"%s\"}".formatted(HelmChart.NAMESPACE, service);

        assertThat(groups.get(groups.size() - 1).path("rules"))
                .extracting(rule -> rule.path("expr").asText())
                .containsExactly("absent(multi_client_auth_build_info" + release + ")", "sum(up" + release + ") < 2");
    }

    @Test
    void the_chart_has_the_version_of_the_build() throws IOException {
        Matcher version =
                Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        JsonNode description = Manifests.one(Files.readString(HelmChart.FOLDER.resolve("Chart.yaml")));

        assertThat(description.path("version").asText()).isEqualTo(version.group(1));
        assertThat(description.path("appVersion").asText()).isEqualTo(version.group(1));
        assertThat(container(chart.render(ISSUER)).path("image").asText())
                .isEqualTo("multi-client-auth/facade:" + version.group(1));
        assertThat(container(chart.render(EVERYTHING)).path("image").asText()).contains("facade@sha256:");
    }

    @Test
    void the_chart_makes_new_secrets_and_keeps_what_it_has_made() throws Exception {
        List<JsonNode> first = chart.render(ISSUER);
        List<JsonNode> second = chart.render(ISSUER);

        for (String name : List.of("-auth-secret", "-client-key")) {
            JsonNode made = only(first, "Secret", name);
            assertThat(made.path("data"))
                    .isNotEqualTo(only(second, "Secret", name).path("data"));
            assertThat(made.at("/metadata/annotations")
                            .path("helm.sh/resource-policy")
                            .asText())
                    .isEqualTo("keep");
        }
        assertThat(decoded(only(first, "Secret", "-auth-secret"), "AUTH_SECRET"))
                .as("as openssl rand -base64 33 makes it")
                .matches("[A-Za-z0-9+/]{44}");

        try (HelmChart cluster = new HelmChart(work)) {
            JsonNode master = HelmChart.secret(PREFIX + "-auth-secret", Map.of("AUTH_SECRET", "b2xk"));
            JsonNode key = HelmChart.secret(PREFIX + "-client-key", Map.of("keys.json", "e30="));
            cluster.installed(master);
            cluster.installed(key);
            List<JsonNode> upgrade = cluster.render(ISSUER);
            assertThat(only(upgrade, "Secret", "-auth-secret").path("data")).isEqualTo(master.path("data"));
            assertThat(only(upgrade, "Secret", "-client-key").path("data")).isEqualTo(key.path("data"));
        }
        chart.close();
        chart = new HelmChart(work);
    }

    @Test
    void the_key_that_the_chart_makes_signs() throws Exception {
        for (int i = 0; i < 5; i++) {
            JWKSet keys = JWKSet.parse(decoded(only(chart.render(ISSUER), "Secret", "-client-key"), "keys.json"));
            ECKey key = keys.getKeys().get(0).toECKey();

            assertThat(keys.getKeys()).hasSize(1);
            assertThat(key.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
            assertThat(key.getIssueTime()).isNotNull();
            JWSObject signed = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("text"));
            signed.sign(new ECDSASigner(key));
            assertThat(signed.verify(new ECDSAVerifier(key.toPublicJWK()))).isTrue();
        }
    }

    private static String decoded(JsonNode secret, String key) {
        byte[] bytes = Base64.getDecoder().decode(secret.path("data").path(key).asText());
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void existing_secrets_are_used_and_none_is_made() throws IOException {
        List<JsonNode> manifests = chart.render(EXISTING_SECRETS);

        assertThat(manifests)
                .noneMatch(manifest -> manifest.path("kind").asText().equals("Secret"));
        assertThat(only(manifests, "Deployment", "")
                        .at("/spec/template/spec/volumes")
                        .findValuesAsText("secretName"))
                .containsExactly("my-masters", "my-key", "my-clients", "my-account");
        assertThat(environment(manifests)).containsKeys("AUTH_SECRET_FILE", "AUTH_SECRET_1_FILE");
    }

    @Test
    void no_secret_is_in_an_object_that_is_no_secret() throws IOException {
        for (JsonNode manifest : chart.renderWithHooks(EVERYTHING)) {
            if (!manifest.path("kind").asText().equals("Secret")) {
                assertThat(manifest.toString())
                        .doesNotContain("kYh2gB1vUo8Jt4nEw6rXz9qLs3mPd7cA", "Zp5kRw8xTn1v", "s3cret", "account-secret");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} | keycloak.issuer is missing",
                "keycloak: {issuer: id.example.com} | at '/keycloak/issuer': 'id.example.com' does not match pattern",
                "keycloak: {issuer: 'https://id.example.com/'} | at '/keycloak/issuer'",
                "keycloak: {isuer: x} | at '/keycloak': additional properties 'isuer' not allowed",
                "replicas: 3 | additional properties 'replicas' not allowed",
                "replicaCount: two | at '/replicaCount': got string, want integer",
                "trustedProxies: ['*'] | at '/trustedProxies/0'",
                "trustedProxies: 10.0.0.5 | at '/trustedProxies': got string, want array",
                "centralOrigins: ['https://auth.example.com/'] | at '/centralOrigins/0'",
                "applications: [{name: a}] | at '/applications/0': missing property 'hosts'",
                "applications: [{name: A, hosts: [a.example.com]}] | at '/applications/0/name'",
                "applications: [{name: a, hosts: ['https://a.example.com']}] | at '/applications/0/hosts/0'",
                "authSecret: {values: {AUTH_SECRET: short}} | at '/authSecret/values/AUTH_SECRET': minLength: got 5, want 32",
                "authSecret: {keys: [AUTH_SECRET_1]} | at '/authSecret/keys'",
                "authSecret: {keys: [AUTH_SECRET, AUTH_SECRET_1]} | only counts with authSecret.existingSecret",
                "authSecret: {existingSecret: a, values: {AUTH_SECRET: 'kYh2gB1vUo8Jt4nEw6rXz9qLs3mPd7cA'}} | not both",
                "clientSecrets: {existingSecret: a, values: {b: c}} | not both",
                "account: {existingSecret: a, secret: b} | not both",
                "clientKey: {enabled: false} | set account.existingSecret or account.secret",
                "settings: {AUTH_SECRET: x} | settings: AUTH_SECRET is a secret",
                "settings: {MCA_CLIENTS_SHOP_SECRET: x} | settings: MCA_CLIENTS_SHOP_SECRET is a secret",
                "settings: {MCA_ISSUER: x} | settings: the chart sets MCA_ISSUER itself",
                "settings: {QUARKUS_HTTP_PROXY_TRUSTED_PROXIES: x} | settings: the chart sets QUARKUS_HTTP_PROXY_TRUSTED_PROXIES itself",
                "settings: {QUARKUS_HTTP_HOST: 127.0.0.1} | settings: QUARKUS_HTTP_HOST has to stay",
                "settings: {QUARKUS_HTTP_ROOT_PATH: /a} | settings: QUARKUS_HTTP_ROOT_PATH has to stay",
                "settings: {QUARKUS_MANAGEMENT_HOST: 127.0.0.1} | settings: QUARKUS_MANAGEMENT_HOST has to stay",
                "settings: {QUARKUS_MANAGEMENT_ENABLED: false} | settings: QUARKUS_MANAGEMENT_ENABLED has to stay",
                "settings: {JAVA_TOOL_OPTIONS: -Xint} | settings: JAVA_TOOL_OPTIONS is the value javaOptions",
                "settings: {mca.issuer: x} | at '/settings': additional properties 'mca.issuer' not allowed",
                "ingress: {enabled: true} | applications is empty",
                "httpRoute: {enabled: true}\napplications: [{name: a, hosts: [a.example.com]}] | a has no parentRefs",
                "ingress: {enabled: true}\napplications: [{name: a, hosts: [a.io]}, {name: a, hosts: [b.io]}] | name a occurs twice",
                "podDisruptionBudget: {minAvailable: 1} | set maxUnavailable or minAvailable",
                "podDisruptionBudget: {maxUnavailable: ''} | set maxUnavailable or minAvailable, or enabled: false",
                "podDisruptionBudget: {maxUnavailable: null} | set maxUnavailable or minAvailable, or enabled: false",
                "podDisruptionBudget: {maxUnavailable: 0} | may never stop one of the 2 pods",
                "podDisruptionBudget: {maxUnavailable: 0%} | may never stop one of the 2 pods",
                "podDisruptionBudget: {maxUnavailable: '', minAvailable: 51%} | may never stop one of the 2 pods",
                "podDisruptionBudget: {maxUnavailable: '', minAvailable: 1}\nreplicaCount: 1 | may never stop one of the 1 pods",
                "preStopSeconds: 60\nterminationGracePeriodSeconds: 10 | terminationGracePeriodSeconds is shorter",
                "preStopSeconds: 20 | terminationGracePeriodSeconds is shorter",
                "fullnameOverride: Auth_Facade | at '/fullnameOverride'",
                "nameOverride: Auth_Facade | at '/nameOverride'",
                "fullnameOverride: 1auth | 1auth is no name of a Service",
                "trustedProxies: [999.1.1.1] | at '/trustedProxies/0'",
                "trustedProxies: [10.0.0.0/33] | at '/trustedProxies/0'",
                "trustedProxies: ['[2001:db8::5]:443'] | at '/trustedProxies/0'",
                "autoscaling: {enabled: true}\nresources: null | resources.requests.cpu, which is not set",
                "autoscaling: {enabled: true}\nresources: {requests: {cpu: null}} | resources.requests.cpu, which is not set",
                "autoscaling: {enabled: true, minReplicas: 9} | minReplicas is larger than maxReplicas",
                "metrics: {serviceMonitor: {enabled: true}} | networkPolicy.managementFrom is empty",
                "metrics: {serviceMonitor: {interval: 30}} | at '/metrics/serviceMonitor/interval': got number, want string",
                "image: {tag: 'a b'} | at '/image/tag'",
            })
    void wrong_values_are_refused_with_a_reason(String line) {
        String wrong = line.substring(0, line.lastIndexOf(" | "));
        String values = wrong.startsWith("keycloak") || wrong.equals("{}") ? wrong : ISSUER + wrong;

        assertThatThrownBy(() -> chart.render(values))
                .hasMessageContaining(line.substring(line.lastIndexOf(" | ") + 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "podDisruptionBudget: {maxUnavailable: null, minAvailable: 1}",
                "podDisruptionBudget: {minAvailable: null}",
                "podDisruptionBudget: {maxUnavailable: '', minAvailable: 50%}",
                "replicaCount: 0",
                "settings: {QUARKUS_SHUTDOWN_TIMEOUT: 3S}\nterminationGracePeriodSeconds: 10",
                "autoscaling: {enabled: true}\nresources: {requests: null, limits: {cpu: 1, memory: 384Mi}}",
                "trustedProxies: ['::1', 255.255.255.255/32]",
                "fullnameOverride: auth-2",
            })
    void right_values_are_taken(String values) throws IOException {
        assertThat(chart.render(ISSUER + values)).isNotEmpty();
    }

    /** Without it, pods that wait for Keycloak would keep a node from being updated. Kubernetes before 1.27 has no such field. */
    @Test
    void pods_that_are_not_ready_may_be_evicted() throws IOException {
        assertThat(only(chart.render(ISSUER), "PodDisruptionBudget", "").at("/spec/unhealthyPodEvictionPolicy"))
                .hasToString("\"AlwaysAllow\"");
        assertThat(only(chart.render("1.26.15", ISSUER), "PodDisruptionBudget", "")
                        .path("spec")
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("maxUnavailable", "selector");
    }

    /** OpenShift's DNS pods listen on 5353, and a policy sees the port of the pod. */
    @Test
    void names_can_be_looked_up_with_any_egress() throws IOException {
        JsonNode rule = only(chart.render(EVERYTHING), "NetworkPolicy", "").at("/spec/egress/0");

        assertThat(rule.has("to")).isFalse();
        assertThat(rule.path("ports"))
                .extracting(port ->
                        port.path("protocol").asText() + " " + port.path("port").asText())
                .containsExactlyInAnyOrder("UDP 53", "TCP 53", "UDP 5353", "TCP 5353");
    }

    @Test
    void the_pod_of_helm_test_runs_where_the_facade_may() throws IOException {
        List<JsonNode> manifests = chart.renderWithHooks(EVERYTHING);
        JsonNode facade = only(manifests, "Deployment", "").at("/spec/template/spec");
        JsonNode test = only(manifests, "Pod", "-test").path("spec");

        assertThat(test.at("/containers/0/resources"))
                .as("a ResourceQuota demands them")
                .isEqualTo(facade.at("/containers/0/resources"))
                .isNotEmpty();
        assertThat(test.path("nodeSelector"))
                .isEqualTo(facade.path("nodeSelector"))
                .isNotEmpty();
        assertThat(test.path("tolerations"))
                .isEqualTo(facade.path("tolerations"))
                .isNotEmpty();
    }

    @Test
    void the_schema_names_every_value_and_no_other() throws IOException {
        List<String> different = new ArrayList<>();
        compare("", HelmChart.schema(), HelmChart.values(), different);

        assertThat(different)
                .containsExactlyInAnyOrder(
                        "global",
                        "authSecret.values.AUTH_SECRET",
                        "authSecret.values.AUTH_SECRET_1",
                        "authSecret.values.AUTH_SECRET_2",
                        "authSecret.values.AUTH_SECRET_3");
    }

    private static void compare(String path, JsonNode schema, JsonNode values, List<String> different) {
        if (!schema.has("properties")) {
            return;
        }
        JsonNode properties = schema.path("properties");
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        values.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (properties.has(name) && values.has(name)) {
                compare(path + name + ".", properties.path(name), values.path(name), different);
            } else {
                different.add(path + name);
            }
        }
    }

    @Test
    void a_long_name_of_a_release_still_gives_names_that_kubernetes_takes() throws IOException {
        for (JsonNode manifest : chart.render(HelmChart.FOLDER, "a".repeat(53), EVERYTHING)) {
            assertThat(manifest.at("/metadata/name").asText()).hasSizeLessThanOrEqualTo(63);
            manifest.at("/metadata/labels")
                    .forEach(label -> assertThat(label.asText()).hasSizeLessThanOrEqualTo(63));
        }
    }
}
