package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.accepted;
import static io.github.multiclientauth.testbed.conformance.Expected.refused;
import static io.github.multiclientauth.testbed.conformance.Keys.set;
import static io.github.multiclientauth.testbed.conformance.Keys.signer;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.github.multiclientauth.testbed.conformance.Reply.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Wrong keys of the provider. Each case has a new key, so that the facade reads the keys. */
final class KeyRows {

    private static final int BITS = 2048;
    private static final String SET = "JWK 5";
    private static final String CORE = "Core 10.1";

    private final List<Row<SignInTrial>> rows = new ArrayList<>();

    private KeyRows() {}

    /** @param answer gets the new key */
    private void row(
            String name,
            String clause,
            String change,
            Expected expected,
            Supplier<RSAKey> key,
            BiFunction<RSAKey, MisbehavingProvider, Reply> answer) {
        rows.add(new Row<>(name, clause, change, expected, trial -> {
            RSAKey fresh = key.get();
            trial.conduct()
                    .keys(right -> answer.apply(fresh, trial.provider()))
                    .idToken(token -> token.header("kid", fresh.getKeyID()).signedBy(signer(fresh)));
            trial.signIn();
        }));
    }

    private void row(
            String name,
            String clause,
            String change,
            Expected expected,
            BiFunction<RSAKey, MisbehavingProvider, Reply> answer) {
        row(name, clause, change, expected, () -> Keys.rsa(BITS), answer);
    }

    static List<Row<SignInTrial>> all() {
        KeyRows table = new KeyRows();
        table.keys();
        table.sets();
        table.answers();
        table.rotation();
        return table.rows;
    }

    private void keys() {
        row(
                "a private key",
                "Core 10.1",
                "the key is published with its private part",
                refused(),
                (key, p) -> Reply.json("{\"keys\":[" + key.toJSONString() + "]}"));
        row("a weak key", "JWA 3.3", "a key of 1024 bits", refused(), Keys::weak, (key, p) -> Reply.json(set(key)));
        row(
                "a key for encryption",
                "JWK 4.2",
                "the key has the use enc",
                refused(),
                (key, p) -> Reply.json(set(Keys.encryption(key, key.getKeyID()))));
        row(
                "a key of another algorithm",
                "JWK 4.4",
                "the key has the alg RS512",
                refused(),
                (key, p) -> Reply.json(set(
                        new RSAKey.Builder(key).algorithm(JWSAlgorithm.RS512).build())));
        row(
                "a key that may not verify",
                "JWK 4.3",
                "the key has key_ops encrypt alone",
                refused(),
                (key, p) -> Reply.json(set(new RSAKey.Builder(key)
                        .keyUse(null)
                        .keyOperations(Set.of(KeyOperation.ENCRYPT))
                        .build())));
        row(
                "a key without kid",
                CORE,
                "the key has no id, the token has one",
                refused(),
                (key, p) -> Reply.json(set(new RSAKey.Builder(key).keyID(null).build())));
        row(
                "a key with another kid",
                CORE,
                "the key has another id than the token",
                refused(),
                (key, p) ->
                        Reply.json(set(new RSAKey.Builder(key).keyID("another").build())));
        row(
                "two keys with the same kid",
                CORE,
                "another key with the same id before it",
                accepted("both are the provider's"),
                (key, p) -> Reply.json(set(
                        new RSAKey.Builder(p.keys().attackers())
                                .keyID(key.getKeyID())
                                .build(),
                        key)));
        row(
                "the same kid for another key",
                CORE,
                "another key with the id of the token",
                refused(),
                (key, p) -> Reply.json(set(new RSAKey.Builder(p.keys().attackers())
                        .keyID(key.getKeyID())
                        .build())));
        row(
                "a key without modulus",
                "JWA 6.3.1.1",
                "n is missing",
                refused(),
                (key, p) -> Reply.json(set(key).replaceFirst("\"n\":\"[^\"]*\"", "\"x\":1")));
        row(
                "exponent 1",
                "JWA 6.3.1.2",
                "the public exponent is 1: every signature is right",
                refused(),
                (key, p) -> Reply.json(set(key).replaceFirst("\"e\":\"[^\"]*\"", "\"e\":\"AQ\"")));
        rows.add(new Row<>(
                "a published secret", "JWT BCP 3.1", "HS256 with a key that is published", refused(), trial -> {
                    byte[] secret = "a secret that everybody can read".getBytes(UTF_8);
                    OctetSequenceKey key = new OctetSequenceKey.Builder(Base64URL.encode(secret))
                            .keyID("secret")
                            .build();
                    trial.conduct()
                            .keys(right -> Reply.json("{\"keys\":[" + key.toJSONString() + "]}"))
                            .idToken(
                                    token -> token.header("kid", "secret").signedBy("HS256", Signer.hmac(256, secret)));
                    trial.signIn();
                }));
    }

    private void sets() {
        row("no key", SET, "an empty list of keys", refused(), (key, p) -> Reply.json("{\"keys\":[]}"));
        row("no list of keys", SET, "an object without keys", refused(), (key, p) -> Reply.json("{}"));
        row("keys null", SET, "keys is null", refused(), (key, p) -> Reply.json("{\"keys\":null}"));
        row("keys is a text", SET, "keys is a text", refused(), (key, p) -> Reply.json("{\"keys\":\"none\"}"));
        row(
                "a key alone",
                SET,
                "a JWK instead of a JWK Set",
                refused(),
                (key, p) -> Reply.json(key.toPublicJWK().toJSONString()));
        row("no JSON", SET, "the word keys", refused(), (key, p) -> Reply.json("keys"));
        row(
                "keys twice",
                "JWK 5",
                "an empty list, then the right one",
                refused(),
                (key, p) -> Reply.json("{\"keys\":[]," + set(key).substring(1)));
        row(
                "an unknown type of key beside it",
                SET,
                "a key with an unknown kty before it",
                accepted("unknown types of keys must be ignored"),
                (key, p) -> Reply.json(set(key).replaceFirst("\\[", "[{\"kty\":\"unknown\"},")));
    }

    private void answers() {
        row("keys: status 404", "HTTP", "status 404", refused(), (key, p) -> Reply.of(404, "text/html", ""));
        row(
                "keys: status 500",
                "HTTP",
                "status 500 with the right keys",
                refused(),
                (key, p) -> Reply.of(500, "application/json", set(key)));
        row(
                "keys: redirect",
                "HTTP",
                "a redirect, which nobody follows",
                refused(),
                (key, p) -> Reply.of(302, "application/json", set(key)).with("Location", p.elsewhere()));
        row(
                "keys: 300 KB",
                "HTTP",
                "300 KB of white space after the keys",
                refused(),
                (key, p) -> Reply.json(set(key) + " ".repeat(300_000)));
        row(
                "keys: no end",
                "HTTP",
                "white space without end after the keys",
                refused(),
                (key, p) -> Reply.json(set(key)).sent(Delivery.ENDLESS));
        row("keys: no answer", "HTTP", "the connection is closed", refused(), (key, p) -> Reply.nothing());
    }

    private void rotation() {
        rows.add(new Row<>(
                "a new key",
                "Core 10.1.1",
                "the provider signs with a new key",
                accepted("an unknown kid makes the facade read the keys again"),
                trial -> {
                    trial.conduct().signingKey(Keys.rsa(BITS));
                    trial.signIn();
                }));
        rows.add(new Row<>(
                "a retired key",
                "Core 10.1.1",
                "signed by the key before the new one, which is no longer published",
                refused(),
                trial -> {
                    RSAKey former = trial.provider().signingKey();
                    SignInTrial rotated = trial.otherBrowser();
                    rotated.conduct().signingKey(Keys.rsa(BITS));
                    rotated.signIn();
                    trial.conduct()
                            .idToken(token ->
                                    token.header("kid", former.getKeyID()).signedBy(signer(former)));
                    trial.signIn();
                }));
    }
}
