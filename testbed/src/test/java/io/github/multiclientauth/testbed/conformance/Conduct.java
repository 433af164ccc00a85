package io.github.multiclientauth.testbed.conformance;

import com.nimbusds.jose.jwk.RSAKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The conduct of the provider during one case: right, unless a row of the table changes it. */
final class Conduct {

    private static final Consumer<Jwt> RIGHT_TOKEN = token -> {};

    volatile Consumer<Jwt> idToken = RIGHT_TOKEN;
    volatile Consumer<Map<String, Object>> tokenMembers = members -> {};
    volatile Function<String, Reply> tokenAnswer = Reply::json;
    volatile Function<String, Reply> confirmation = Reply::json;
    volatile Function<String, Reply> pushed = body -> Reply.of(201, "application/json", body);
    volatile Function<String, Reply> keys = Reply::json;
    volatile Optional<RSAKey> signingKey = Optional.empty();

    /** Changes the ID token. */
    Conduct idToken(Consumer<Jwt> change) {
        idToken = change;
        return this;
    }

    /** Changes the members of the token endpoint's answer. */
    Conduct tokenMembers(Consumer<Map<String, Object>> change) {
        tokenMembers = change;
        return this;
    }

    /** Changes the JSON of the token endpoint's answer. */
    Conduct tokenText(UnaryOperator<String> change) {
        return tokenAnswer(body -> Reply.json(change.apply(body)));
    }

    /** Changes the token endpoint's answer. It gets the right body. */
    Conduct tokenAnswer(Function<String, Reply> change) {
        tokenAnswer = change;
        return this;
    }

    /** Changes the answer about sessions. It gets the right body. */
    Conduct confirmation(Function<String, Reply> change) {
        confirmation = change;
        return this;
    }

    /** Changes the answer to a pushed authorization request. It gets the right body. */
    Conduct pushed(Function<String, Reply> change) {
        pushed = change;
        return this;
    }

    /** Signs with this key instead of the known one. */
    Conduct signingKey(RSAKey key) {
        signingKey = Optional.of(key);
        return this;
    }

    /** Changes the JWK Set. It gets the right one. */
    Conduct keys(Function<String, Reply> change) {
        keys = change;
        return this;
    }
}
