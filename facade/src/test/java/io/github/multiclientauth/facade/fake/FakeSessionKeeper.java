package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.SessionKeeper;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps the sessions that a test begins, and remembers what it was asked. */
public final class FakeSessionKeeper implements SessionKeeper {

    /** How long a session lasts after each question that extends it. */
    public static final Duration LIFE = Duration.ofMinutes(30);

    private final Clock clock;
    private final Map<Key, Identity> sessions = new ConcurrentHashMap<>();
    private final List<List<Question>> requests = new CopyOnWriteArrayList<>();
    private final List<Ended> endings = new CopyOnWriteArrayList<>();
    private volatile Optional<Duration> life = Optional.of(LIFE);
    private volatile Function<Question, Verdict> verdict = this::usual;
    private volatile Supplier<Ending> ending;
    private volatile URI inBrowser;

    private record Key(String clientId, String sid) {}

    /** A session that Keycloak was asked to end. */
    public record Ended(String clientId, String sid) {}

    FakeSessionKeeper(Clock clock) {
        this.clock = clock;
    }

    /** Begins the session of this identity, or gives it other claims. */
    public void keep(Identity identity) {
        sessions.put(new Key(identity.clientId(), identity.sid()), identity);
    }

    /** The user of a session of this client, if it is there. */
    Optional<String> subject(ClientId client, String sid) {
        return Optional.ofNullable(sessions.get(new Key(client.value(), sid))).map(Identity::subject);
    }

    /** Ends a session at all clients. */
    public void end(String sid) {
        sessions.keySet().removeIf(key -> key.sid().equals(sid));
    }

    /** Removes one client from a session, which goes on at the others. */
    public void leave(Recognized at, String sid) {
        sessions.remove(new Key(at.application().clientId().value(), sid));
    }

    /** @param duration empty for sessions without end */
    public void last(Optional<Duration> duration) {
        life = duration;
    }

    /** Answers questions in another way. */
    public void onAsk(Function<Question, Verdict> answer) {
        verdict = answer;
    }

    /** Answers with the sessions that it keeps. */
    public void answerAsUsual() {
        verdict = this::usual;
        ending = null;
    }

    /** Answers requests to end a session in another way. */
    public void onEnd(Supplier<Ending> answer) {
        ending = answer;
    }

    /** Does not answer at all. */
    public void goAway() {
        verdict = question -> new Verdict.Unknown("away");
        ending = () -> new Ending.Failed("away");
    }

    /** The requests with questions that extend a session. */
    public List<List<Question>> requests() {
        return requests;
    }

    /** The questions that extend a session. */
    public List<Question> questions() {
        return requests.stream().flatMap(List::stream).toList();
    }

    public List<Ended> endings() {
        return endings;
    }

    /** The usual answer for a session with this identity. */
    public Verdict.Alive alive(Identity identity) {
        return new Verdict.Alive(
                identity, clock.instant(), life.map(duration -> clock.instant().plus(duration)));
    }

    private Verdict usual(Question question) {
        Identity kept = sessions.get(new Key(question.client().value(), question.sid()));
        return kept == null ? new Verdict.Ended("there is no such session") : alive(kept);
    }

    @Override
    public List<Verdict> ask(List<Question> questions) {
        List<Question> extending = questions.stream().filter(Question::extend).toList();
        if (!extending.isEmpty()) {
            requests.add(extending);
        }
        return questions.stream().map(verdict).toList();
    }

    /** Wants sessions to be ended by the browser at this address. */
    public void endInBrowserAt(URI address) {
        inBrowser = address;
    }

    @Override
    public Ending endInBrowser(ClientId client, String sid, String returnTo) {
        return inBrowser != null && ending == null && sessions.containsKey(new Key(client.value(), sid))
                ? new Ending.InBrowser(inBrowser)
                : end(client, sid);
    }

    @Override
    public Ending end(ClientId client, String sid) {
        endings.add(new Ended(client.value(), sid));
        if (ending != null) {
            return ending.get();
        }
        if (!sessions.containsKey(new Key(client.value(), sid))) {
            return new Ending.NotThere();
        }
        end(sid);
        return new Ending.Ended();
    }
}
