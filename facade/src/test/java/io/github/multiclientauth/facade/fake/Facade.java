package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.config.Assembly;
import io.github.multiclientauth.facade.endpoint.Destination;
import io.github.multiclientauth.facade.endpoint.ForwardAuthentication;
import io.github.multiclientauth.facade.oidc.AccessTokenSource;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Redemption;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.session.AccessTokens;
import io.github.multiclientauth.facade.session.LiveChanges;
import io.github.multiclientauth.facade.session.Revocations;
import io.github.multiclientauth.facade.session.SessionPolicy;
import io.github.multiclientauth.facade.signin.SignInLimit;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Route;
import io.github.multiclientauth.origin.Origin;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The deciding parts of the facade, put together as in production. The test controls Keycloak, time and threads:
 * nothing that blocks runs before {@link #run}.
 */
public final class Facade {

    public static final Duration TRANSACTION_LIFETIME = Duration.ofMinutes(15);
    public static final Duration REVALIDATE_AFTER = Duration.ofMinutes(5);
    public static final Duration GRACE = Duration.ofMinutes(10);
    public static final Duration MAX_AGE = Duration.ofDays(30);

    private final MovableClock clock = new MovableClock();
    private final FakeAuthorizationServer keycloak = new FakeAuthorizationServer();
    private final FakeSessionKeeper keeper = new FakeSessionKeeper(clock);
    private final FakeAccessTokens accessTokens = new FakeAccessTokens(clock, keeper);
    private final FakeSiblingSessions siblings = new FakeSiblingSessions(keeper, clock);
    private final FakeChanges changes = new FakeChanges(clock);
    private final StepExecutor executor = new StepExecutor();
    private final StepExecutor confirmations = new StepExecutor();
    private final StepExecutor tokenRequests = new StepExecutor();
    private final StepExecutor ownSessions = new StepExecutor();
    private final StepExecutor signOuts = new StepExecutor();
    private final StepTimer timer = new StepTimer(clock);
    private final RecordedEvents events = new RecordedEvents();
    private final ApplicationSeals seals;
    private DirectorySnapshot directory =
            DirectorySnapshot.of(List.of(Applications.PORTFOLIO.application(), Applications.DASHBOARD.application()));
    private Assembly assembly;
    private LiveChanges liveChanges;

    public Facade() {
        this("master of the tests: Zx81!pQ7w_Lm3#vT9yRb2");
    }

    public Facade(String master) {
        seals = new ApplicationSeals(
                new ApplicationSecrets(MasterSecrets.read(Map.of("AUTH_SECRET", master)::get)), new SecureRandom());
        restart();
    }

    /** Replaces the applications. */
    public void know(Application... applications) {
        directory = DirectorySnapshot.of(List.of(applications));
    }

    /** The recognition of a request to this host. */
    public Recognized at(String host) {
        return (Recognized) directory.recognizeHost(Origin.parse(host).orElseThrow());
    }

    /** Loses everything in memory. A second passes, so that sessions can be checked later than the start. */
    public void restart() {
        SessionPolicy policy = new SessionPolicy(REVALIDATE_AFTER, GRACE, MAX_AGE);
        Revocations revocations = new Revocations(MAX_AGE, clock);
        liveChanges = new LiveChanges(changes, revocations, policy, clock, events);
        assembly = Assembly.of(
                new Assembly.Surroundings(
                        keycloak,
                        keeper,
                        accessTokens,
                        siblings,
                        () -> directory,
                        new Assembly.Threads(
                                executor, confirmations, tokenRequests, ownSessions, signOuts, Runnable::run, timer),
                        () -> {},
                        new SecureRandom(),
                        clock,
                        events),
                seals,
                true,
                policy,
                revocations,
                liveChanges,
                TRANSACTION_LIFETIME,
                new SignInLimit(0, clock));
        clock.advance(Duration.ofSeconds(1));
    }

    public MovableClock clock() {
        return clock;
    }

    public FakeAuthorizationServer keycloak() {
        return keycloak;
    }

    /** Keycloak's sessions. */
    public FakeSessionKeeper keeper() {
        return keeper;
    }

    /** Keycloak's access tokens. */
    public FakeAccessTokens accessTokens() {
        return accessTokens;
    }

    /** The cache of access tokens. */
    public AccessTokens tokens() {
        return assembly.accessTokens();
    }

    /** Keycloak's sessions of one user. */
    public FakeSiblingSessions siblings() {
        return siblings;
    }

    /** Keycloak does not answer at all from now on. */
    public void goAway() {
        siblings.goAway();
        keycloak.goAway();
        keeper.goAway();
        accessTokens.onAsk(question -> new AccessTokenSource.Answer.Unknown("away"));
        changes.fail("away");
    }

    /** Keycloak answers again from now on. */
    public void comeBack() {
        siblings.comeBack();
        keycloak.comeBack();
        keeper.answerAsUsual();
        accessTokens.answerAsUsual();
        changes.fail("");
    }

    /** What has changed at Keycloak. */
    public FakeChanges changes() {
        return changes;
    }

    /** Asks Keycloak what has changed. */
    public void poll() {
        liveChanges.poll();
    }

    public RecordedEvents events() {
        return events;
    }

    public ApplicationSeals seals() {
        return seals;
    }

    /** Begins the answer, up to the first step that blocks. */
    public CompletableFuture<Reply> begin(Requests request) {
        Destination destination = find(Route.BASE_PATH + request.path()).orElseThrow();
        return assembly.endpoints()
                .answer(destination.endpoint(), request.build(destination.route()))
                .toCompletableFuture();
    }

    /** What a reverse proxy asks. */
    public ForwardAuthentication forwardAuthentication() {
        return assembly.forwardAuthentication();
    }

    /** The endpoint for a whole path. */
    public Optional<Destination> find(String path) {
        return assembly.endpoints().find(path);
    }

    /** Runs the steps that block. */
    public void run() {
        executor.runAll();
        confirmations.runAll();
        tokenRequests.runAll();
        ownSessions.runAll();
        signOuts.runAll();
    }

    /** Lets time pass and runs the tasks that become due, including steps that block. */
    public void pass(Duration duration) {
        timer.pass(duration, this::run);
    }

    /** Lets time pass while all threads are busy. */
    public void passWhileNothingRuns(Duration duration) {
        timer.pass(duration, () -> {});
    }

    /** From now on steps that block run at once. */
    public void runAtOnce() {
        executor.runAtOnce();
        confirmations.runAtOnce();
        tokenRequests.runAtOnce();
        ownSessions.runAtOnce();
        signOuts.runAtOnce();
    }

    /** The queues are full from now on: no sign-in, callback or confirmation gets a thread. */
    public void fillTheQueue() {
        executor.refuse();
        confirmations.refuse();
        tokenRequests.refuse();
    }

    /** From now on nothing gets a thread that people do with their own sessions. */
    public void fillTheQueueOfOwnSessions() {
        ownSessions.refuse();
    }

    /** From now on no sign-out gets a thread either. */
    public void fillTheQueueOfSignOuts() {
        signOuts.refuse();
    }

    /** From now on the queues have room again. */
    public void emptyTheQueues() {
        executor.takeAgain();
        confirmations.takeAgain();
        tokenRequests.takeAgain();
        ownSessions.takeAgain();
        signOuts.takeAgain();
    }

    /** Keycloak sends a logout token. */
    public Reply backChannel(Parameters form) {
        return assembly.backChannelLogout().receive(form).toCompletableFuture().join();
    }

    /** Runs the request to its end. */
    public Reply answer(Requests request) {
        CompletableFuture<Reply> reply = begin(request);
        run();
        return reply.join();
    }

    /** Runs the request to its end and stores the cookies in the browser. */
    public Reply answer(Browser browser, Requests request) {
        return browser.take(answer(request.from(browser)));
    }

    /** Begins a sign-in and returns its {@code state}. */
    public String beginSignIn(Browser browser, Recognized at, String provider) {
        answer(browser, Requests.get(at, "/signin/" + provider));
        return keycloak.lastAuthorizationRequest().state();
    }

    /** Signs Ada in. */
    public Browser signedIn(Recognized at, String sid) {
        Browser browser = new Browser();
        signIn(browser, at, sid);
        return browser;
    }

    public Reply signIn(Browser browser, Recognized at, String sid) {
        String state = beginSignIn(browser, at, "github");
        redeem(FakeAuthorizationServer.identity(at, sid));
        return answer(browser, Requests.get(at, "/callback/github").query("code=code&state=" + state));
    }

    /** Lets Keycloak answer the next codes with this identity. */
    public void redeem(Identity identity) {
        keeper.keep(identity);
        keycloak.onRedeem(() -> new Redemption.Redeemed(identity));
    }

    /** The body of the session answer. */
    public String session(Browser browser, Recognized at) {
        return ((Reply.Json) answer(browser, Requests.get(at, "/session"))).body();
    }

    public String csrfToken(Browser browser, Recognized at) {
        String body = ((Reply.Json) answer(browser, Requests.get(at, "/csrf"))).body();
        return body.substring("{\"csrfToken\":\"".length(), body.length() - 2);
    }
}
