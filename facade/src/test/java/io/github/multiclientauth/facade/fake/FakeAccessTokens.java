package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.oidc.AccessTokenSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Issues an access token for each session that the keeper has, and remembers what it was asked. */
public final class FakeAccessTokens implements AccessTokenSource {

    /** How long a token lives. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    private final Clock clock;
    private final FakeSessionKeeper keeper;
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private volatile Function<Question, Answer> answer = this::usual;

    FakeAccessTokens(Clock clock, FakeSessionKeeper keeper) {
        this.clock = clock;
        this.keeper = keeper;
    }

    @Override
    public Answer ask(Question question) {
        questions.add(question);
        return answer.apply(question);
    }

    public List<Question> questions() {
        return questions;
    }

    /** Answers in another way. */
    public void onAsk(Function<Question, Answer> other) {
        answer = other;
    }

    /** Answers with a token for each session that is there. */
    public void answerAsUsual() {
        answer = this::usual;
    }

    /** The usual answer. Each token is another text. */
    public Answer usual(Question question) {
        return keeper.subject(question.client(), question.sid())
                .<Answer>map(subject -> new Answer.Issued(
                        "token-" + questions.size(),
                        question.jkt().isPresent() ? "DPoP" : "Bearer",
                        clock.instant(),
                        LIFE,
                        "email profile",
                        subject))
                .orElseGet(() -> new Answer.Ended("No such session"));
    }
}
