package io.github.multiclientauth.bench;

import com.nimbusds.jose.JOSEException;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code mvn -Pbench -pl bench -am}: starts every server on one core, loads each in turn from another one, round after
 * round, and writes the table into the documentation.
 *
 * <p>The result is the CPU time per request in relation to the bare server of the same round. If the machine is busy
 * with other things, they slow all servers down alike.
 */
public final class Benchmark {

    private static final int SERVER_CORE = 0;
    private static final int GENERATOR_CORE = 1;

    /** Ten times as many sessions as the facade keeps opened, so that it finds hardly any of them opened. */
    private static final int VISITORS = 10_000;

    private static final int MOST_WARM_UPS = 20;

    private final Path directory;
    private final Path work;
    private final Path facade;
    private final Path report;
    private final int rounds = Integer.getInteger("bench.rounds", 9);
    private final Duration round = Duration.ofSeconds(Integer.getInteger("bench.seconds", 4));
    private final Duration warmUp = Duration.ofSeconds(Integer.getInteger("bench.warm-up-seconds", 15));
    private final int starts = Integer.getInteger("bench.starts", 7);

    private final PrintStream screen = System.out;
    private final SecureRandom random = new SecureRandom();
    private final String master = secret();
    private final String proxySecret = secret();
    private final ApplicationSeals seals = new ApplicationSeals(
            new ApplicationSecrets(MasterSecrets.read(Map.of("AUTH_SECRET", master)::get)), random);

    private Benchmark() {
        directory = path("bench.directory");
        work = path("bench.work.directory").resolve("bench");
        facade = path("bench.facade.directory");
        report = path("bench.report");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, JOSEException {
        Tools.require();
        new Benchmark().run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException, JOSEException {
        Files.createDirectories(work);
        Tools.installPeer(directory.resolve("authjs"), screen);
        Visitor due = Visitor.random();
        try (StandInRealm realm = new StandInRealm(due)) {
            List<Start> startTimes = List.of(
                    starts("facade", port -> facade(port, true), realm),
                    starts("facade without its archive", port -> facade(port, false), realm),
                    starts("bare Vert.x", port -> bare(port, 1), realm),
                    starts("@auth/express", this::express, realm));
            measure(realm, due, startTimes);
        }
    }

    /** The time until the first answer of each kind of server, on all cores. */
    record Start(String name, List<Duration> times) {}

    @FunctionalInterface
    private interface CommandFor {
        List<String> on(int port);
    }

    private Start starts(String name, CommandFor command, StandInRealm realm) throws IOException, InterruptedException {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            int port = Ports.free();
            try (Server server = start(command.on(port), port, -1, realm)) {
                times.add(server.firstAnswer());
            }
        }
        screen.println("Start until the first answer, " + name + ": " + times);
        return new Start(name, times);
    }

    private void measure(StandInRealm realm, Visitor due, List<Start> startTimes)
            throws IOException, InterruptedException {
        int facadePort = Ports.free();
        int expressPort = Ports.free();
        int barePort = Ports.free();
        try (Server ours = start(facade(facadePort, true), facadePort, SERVER_CORE, realm);
                Server express = start(express(expressPort), expressPort, SERVER_CORE, realm)) {
            // A session that was confirmed before the facade started would be revalidated.
            Instant fresh = Instant.now().plusSeconds(2);
            Path many = cookies("many", origin(facadePort), fresh, visitors());
            Path one = cookies("one", origin(facadePort), fresh, List.of(Visitor.random()));
            Path again = cookies("due", origin(facadePort), fresh.minusSeconds(600), List.of(due));
            Path theirs = cookies("many-authjs", origin(expressPort), fresh, visitors());
            int bodySize = ours.ask(Question.SESSION, first(many)).body().length();
            try (Server bare = start(bare(barePort, bodySize), barePort, SERVER_CORE, realm)) {
                Load base = reads("bare Vert.x, a constant of the same size", bare, many, false);
                Load seen = reads("facade, seen cookie", ours, one, false);
                Load unseen = reads("facade, unseen cookie", ours, many, false);
                Question verify = Question.verify(origin(facadePort));
                Question withToken = Question.verify(origin(facadePort), proxySecret);
                List<Load> all = List.of(
                        base,
                        seen,
                        unseen,
                        reads("facade, with re-issue", ours, again, true),
                        reads("@auth/express, unseen cookie", express, theirs, true),
                        seen.asking("`/verify`, seen cookie", verify),
                        unseen.asking("`/verify`, unseen cookie", verify),
                        seen.asking("`/verify` with a kept token, seen cookie", withToken));
                Optional<String> only = Optional.ofNullable(System.getProperty("bench.only"));
                List<Load> loads = all.stream()
                        .filter(load ->
                                load == base || only.map(load.name()::contains).orElse(true))
                        .toList();
                Rounds measured = rounds(loads, base);
                screen.println("Sessions that Keycloak was asked about during all rounds: " + realm.questions());
                Table table = new Table(measured, startTimes, VISITORS, rounds, round);
                screen.println(table.markdown());
                if (only.isEmpty()) {
                    Report.replace(report, "mvn -Pbench", table.markdown());
                }
            }
        }
    }

    /**
     * @param reissues whether every answer sets the session cookie again
     * @param read the read of the session that it is compared with, beside the bare server
     */
    record Load(String name, Server server, Question question, Path cookies, boolean reissues, Optional<Load> read) {

        /** The same cookies for another question. */
        Load asking(String name, Question other) {
            return new Load(name, server, other, cookies, reissues, Optional.of(this));
        }
    }

    private static Load reads(String name, Server server, Path cookies, boolean reissues) {
        return new Load(name, server, Question.SESSION, cookies, reissues, Optional.empty());
    }

    private Rounds rounds(List<Load> loads, Load base) throws IOException, InterruptedException {
        Wrk wrk = new Wrk(GENERATOR_CORE, directory.resolve("wrk").resolve("session.lua"));
        for (Load load : loads) {
            check(load);
            warmUp(load, wrk);
        }
        Rounds measured = new Rounds(base);
        for (int i = 0; i < rounds; i++) {
            for (Load load : loads) {
                ProcessUsage usage = load.server().usage();
                long before = usage.cpuMicros();
                Wrk.Result result = wrk.run(load.server(), load.question(), load.cookies(), round);
                measured.add(load, result, usage.cpuMicros() - before);
            }
            screen.println("Round " + (i + 1) + ": " + measured.latest());
        }
        for (Load load : loads) {
            check(load);
        }
        return measured;
    }

    /**
     * Warms a server up by CPU time, because on a busy machine the clock does not say how much the JVM has compiled.
     */
    private void warmUp(Load load, Wrk wrk) throws IOException, InterruptedException {
        ProcessUsage usage = load.server().usage();
        long enough = usage.cpuMicros() + warmUp.toMillis() * 1000;
        for (int i = 0; usage.cpuMicros() < enough && i < MOST_WARM_UPS; i++) {
            wrk.run(load.server(), load.question(), load.cookies(), round);
        }
    }

    /** Checks that the answer is one to a signed-in user, with exactly the expected cookies. */
    private void check(Load load) throws IOException, InterruptedException {
        HttpResponse<String> answer = load.server().ask(load.question(), first(load.cookies()));
        boolean bare = load.name().startsWith("bare");
        List<String> cookies = answer.headers().allValues("Set-Cookie");
        boolean reissued = cookies.stream().anyMatch(cookie -> cookie.startsWith("authjs.session-token=ey"));
        boolean right = answer.statusCode() == 200
                && (bare || says(answer, load.question()))
                && reissued == load.reissues()
                && (load.reissues() || cookies.isEmpty());
        if (!right) {
            throw new IOException(load.name() + " answered " + answer.statusCode() + " " + answer.body() + " and set "
                    + cookies.size() + " cookies");
        }
    }

    private static boolean says(HttpResponse<String> answer, Question question) {
        if (question.equals(Question.SESSION)) {
            return answer.body().contains("\"email\":\"" + Visitor.EMAIL + '"');
        }
        boolean token = answer.headers().firstValue("Authorization").orElse("").startsWith("Bearer ");
        return answer.headers()
                        .firstValue("X-Auth-Request-User")
                        .filter(user -> !user.isEmpty())
                        .isPresent()
                && token == question.headers().containsKey("X-Forward-Auth-Secret");
    }

    private Path cookies(String name, Origin origin, Instant checkedAt, List<Visitor> visitors) throws IOException {
        Path file = work.resolve(name + ".cookies");
        Files.write(
                file,
                visitors.stream()
                        .map(visitor -> visitor.cookies(origin, seals, checkedAt, random))
                        .toList());
        return file;
    }

    private List<Visitor> visitors() {
        return IntStream.range(0, VISITORS).mapToObj(i -> Visitor.random()).toList();
    }

    private static String first(Path cookies) throws IOException {
        return Files.readAllLines(cookies).get(0);
    }

    private Server start(List<String> command, int port, int core, StandInRealm realm)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>();
        boolean node = command.get(0).equals("node");
        environment.put(
                "AUTH_SECRET",
                node
                        ? seals.secrets(KeyHolder.application(Visitor.CLIENT_ID))
                                .get(0)
                                .reveal()
                        : master);
        environment.put("PORT", Integer.toString(port));
        environment.put("NODE_ENV", "production");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("MCA_ISSUER", realm.issuer());
        environment.put("MCA_SESSION_REVALIDATE_AFTER", "12H");
        environment.put("MCA_DIRECTORY_URL", realm.directory(origin(port)));
        environment.put("MCA_DIRECTORY_CLIENT_SECRET", master);
        environment.put("MCA_FORWARD_AUTH_SECRET", proxySecret);
        environment.put("MCA_FORWARD_AUTH_PROXIES", "127.0.0.1");
        // Read at the start only, so that it takes nothing from what is measured.
        environment.put("MCA_DIRECTORY_POLL_INTERVAL", "12H");
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", "0");
        // The class archive works only for a start from there.
        return Server.start(port, core, command, facade, environment, work.resolve(port + ".log"));
    }

    private List<String> facade(int port, boolean withArchive) {
        List<String> command = new ArrayList<>(List.of(java()));
        // Such as -XX:StartFlightRecording=filename=facade.jfr, to see where the time goes.
        Optional.ofNullable(System.getProperty("bench.facade.option")).ifPresent(command::add);
        Path options = facade.resolve("fast-start");
        if (withArchive && Files.exists(options)) {
            command.add("@" + options.getFileName());
        }
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        return command;
    }

    private List<String> bare(int port, int bodySize) {
        return List.of(
                java(),
                "-classpath",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                Integer.toString(port),
                Integer.toString(bodySize));
    }

    private List<String> express(int port) {
        return List.of("node", directory.resolve("authjs").resolve("server.mjs").toString());
    }

    private static Origin origin(int port) {
        return new Origin("http", "127.0.0.1", port);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private String secret() {
        byte[] bytes = new byte[33];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Path path(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("bench/pom.xml sets " + property);
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
