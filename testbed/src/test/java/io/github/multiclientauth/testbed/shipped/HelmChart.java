package io.github.multiclientauth.testbed.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.multiclientauth.testbed.Skipped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The chart in {@code deploy/helm}, rendered by Helm itself. The cluster is a stand-in that knows nothing but Secrets:
 * Helm reads them to keep what the chart has made before.
 */
final class HelmChart implements AutoCloseable {

    static final Path FOLDER = Path.of("..", "deploy", "helm", "multi-client-auth");
    static final String RELEASE = "auth";
    static final String NAMESPACE = "sso";

    private static final String KUBERNETES = "1.34.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> secrets = new ConcurrentHashMap<>();
    private final Path work;
    private final HttpServer cluster;

    /** @param work a folder for values and copies of the chart */
    HelmChart(Path work) throws IOException {
        requireHelm();
        this.work = work;
        cluster = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cluster.createContext("/", this::answer);
        cluster.start();
        writeKubeconfig();
    }

    /** Its native library is not there for every machine. */
    private static void requireHelm() {
        try {
            Helm.version().call();
        } catch (RuntimeException | LinkageError e) {
            throw Skipped.because("THE TESTS OF THE HELM CHART", "helm-java has no Helm for this machine: " + e);
        }
    }

    private void writeKubeconfig() throws IOException {
        String file = System.getenv("KUBECONFIG");
        if (file == null || !file.startsWith(Path.of("target").toAbsolutePath().toString())) {
            throw new IllegalStateException(
                    "KUBECONFIG must name a file in testbed/target, as testbed/pom.xml sets it");
        }
        Files.writeString(Path.of(file), """
                {"apiVersion": "v1", "kind": "Config", "current-context": "stand-in",
                 "contexts": [{"name": "stand-in", "context": {"cluster": "stand-in", "user": "nobody"}}],
                 "users": [{"name": "nobody", "user": {}}],
                 "clusters": [{"name": "stand-in", "cluster": {"server": "http://127.0.0.1:%d"}}]}
                """.formatted(cluster.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode secret = secrets.get(path.substring(path.lastIndexOf('/') + 1));
        String found = path.equals("/api/v1") ? """
                {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "v1", "resources":
                 [{"name": "secrets", "singularName": "secret", "namespaced": true, "kind": "Secret", "verbs": ["get"]}]}""" : secret == null ? null : secret.toString();
        byte[] body = (found != null
                        ? found
                        : "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"reason\": \"NotFound\", \"code\": 404}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(found == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Puts a Secret into the cluster. */
    void installed(JsonNode secret) {
        secrets.put(secret.at("/metadata/name").asText(), secret);
    }

    LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    /**
     * What Helm would send to the cluster, without hooks.
     *
     * @throws IllegalStateException with Helm's message, if it refuses the values
     */
    List<JsonNode> render(String values) throws IOException {
        return render(FOLDER, RELEASE, values);
    }

    /** The same for another version of Kubernetes. */
    List<JsonNode> render(String kubernetes, String values) throws IOException {
        return render(FOLDER, RELEASE, kubernetes, values);
    }

    List<JsonNode> render(Path chart, String release, String values) throws IOException {
        return render(chart, release, KUBERNETES, values);
    }

    private List<JsonNode> render(Path chart, String release, String kubernetes, String values) throws IOException {
        return Manifests.all(new Helm(chart)
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion(kubernetes)
                .withValuesFile(file(values))
                .call());
    }

    /** The same with the hooks, which helm-java leaves out, as usual objects. */
    List<JsonNode> renderWithHooks(String values) throws IOException {
        return render(copyWithout("helm.sh/hook"), RELEASE, values);
    }

    /** What Helm prints after an installation. */
    String notes(String values) throws IOException {
        // Without a cluster helm-java plays one of a very old version.
        return new Helm(copyWithout("kubeVersion"))
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .clientOnly()
                .dryRun()
                .withDryRunOption(DryRun.CLIENT)
                .withValuesFile(file(values))
                .call()
                .getOutput();
    }

    private Path file(String values) throws IOException {
        return Files.writeString(Files.createTempFile(work, "values", ".yaml"), values);
    }

    private Path copyWithout(String words) throws IOException {
        Path copy = Files.createTempDirectory(work, "chart");
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(FOLDER.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(
                        target,
                        String.join(
                                "\n",
                                Files.readAllLines(file).stream()
                                        .filter(line -> !line.contains(words))
                                        .toList()));
            }
        }
        return copy;
    }

    /** The only rendered object of a kind whose name ends so. */
    static JsonNode only(List<JsonNode> manifests, String kind, String ending) {
        List<JsonNode> found = manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .filter(manifest -> manifest.at("/metadata/name").asText().endsWith(ending))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind + " …" + ending);
        }
        return found.get(0);
    }

    static JsonNode container(List<JsonNode> manifests) {
        return only(manifests, "Deployment", "").at("/spec/template/spec/containers/0");
    }

    /** The environment variables of the facade. */
    static Map<String, String> environment(List<JsonNode> manifests) {
        Map<String, String> environment = new TreeMap<>();
        container(manifests)
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }

    /** The schema of the values. */
    static ObjectNode schema() throws IOException {
        return (ObjectNode) JSON.readTree(FOLDER.resolve("values.schema.json").toFile());
    }

    static JsonNode values() throws IOException {
        return Manifests.one(Files.readString(FOLDER.resolve("values.yaml")));
    }

    /** A Secret as the cluster has it. */
    static JsonNode secret(String name, Map<String, String> data) {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.put("apiVersion", "v1").put("kind", "Secret");
        secret.putObject("metadata").put("name", name).put("namespace", NAMESPACE);
        data.forEach(secret.putObject("data")::put);
        return secret;
    }

    @Override
    public void close() {
        cluster.stop(0);
    }
}
