package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Expected.accepted;
import static io.github.multiclientauth.testbed.conformance.Expected.refused;
import static io.github.multiclientauth.testbed.conformance.Keys.secret;
import static io.github.multiclientauth.testbed.conformance.Keys.signer;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.RSAKey;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** ID tokens whose signature or header is wrong. */
final class SignatureRows {

    private static final String STEP_6 = "Core 3.1.3.7, step 6";
    private static final String STEP_7 = "Core 3.1.3.7, step 7";
    private static final String SERIALIZATION = "JWS 7.1";
    private static final String EMBEDDED = "JWT BCP 3.10";

    private final List<Row<SignInTrial>> rows = new ArrayList<>();

    private SignatureRows() {}

    /** Changes a right token. */
    @FunctionalInterface
    private interface Forgery {
        void change(Jwt token, MisbehavingProvider provider);
    }

    private void row(String name, String clause, String change, Expected expected, Forgery forgery) {
        rows.add(new Row<>(name, clause, change, expected, trial -> {
            trial.conduct().idToken(token -> forgery.change(token, trial.provider()));
            trial.signIn();
        }));
    }

    static List<Row<SignInTrial>> all() {
        SignatureRows table = new SignatureRows();
        table.algorithms();
        table.secrets();
        table.signatures();
        table.embeddedKeys();
        table.criticalHeaders();
        table.types();
        table.keyIds();
        table.serializations();
        return table.rows;
    }

    private static PrivateKey signing(MisbehavingProvider provider) {
        return secret(provider.signingKey());
    }

    private void algorithms() {
        row("right token", STEP_6, "nothing", accepted("everything is right"), (token, provider) -> {});
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            row("alg " + none, STEP_7, "unsigned", refused(), (token, p) -> token.signedBy(none, Signer.NONE));
        }
        row(
                "alg none, signed",
                STEP_7,
                "alg says none beside a right signature",
                refused(),
                (token, p) -> token.header("alg", "none"));
        row("no alg", "JWS 4.1.1", "the header has no alg", refused(), (token, p) -> token.header("alg", null));
        row("alg null", "JWS 4.1.1", "alg is null", refused(), (token, p) -> token.header("alg", Jwt.NULL));
        row("alg is a number", "JWS 4.1.1", "alg is 256", refused(), (token, p) -> token.header("alg", 256));
        row(
                "alg is a list",
                "JWS 4.1.1",
                "alg is a list",
                refused(),
                (token, p) -> token.header("alg", List.of("RS256")));
        row("alg empty", "JWS 4.1.1", "alg is an empty text", refused(), (token, p) -> token.header("alg", ""));
        row("alg in lower case", "JWA 3.1", "alg is rs256", refused(), (token, p) -> token.header("alg", "rs256"));
        row(
                "alg with a space",
                "JWA 3.1",
                "a space after RS256",
                refused(),
                (token, p) -> token.header("alg", "RS256 "));
        row(
                "alg twice, none first",
                "JWS 4",
                "none, then RS256",
                refused(),
                (token, p) -> token.headerText(json -> "{\"alg\":\"none\"," + json.substring(1)));
        row(
                "alg twice, none last",
                "JWS 4",
                "RS256, then none",
                refused(),
                (token, p) -> token.headerText(json -> json.replaceFirst("}$", ",\"alg\":\"none\"}")));
        for (int bits : List.of(384, 512)) {
            row(
                    "RS" + bits,
                    STEP_7,
                    "signed with RS" + bits + " by the right key",
                    refused(),
                    (token, p) -> token.signedBy("RS" + bits, Signer.rsa(bits, signing(p))));
        }
        for (int bits : List.of(256, 384, 512)) {
            row(
                    "PS" + bits,
                    STEP_7,
                    "signed with PS" + bits + " by the right key",
                    refused(),
                    (token, p) -> token.signedBy("PS" + bits, Signer.pss(bits, signing(p))));
        }
        row(
                "ES256",
                STEP_7,
                "signed with ES256 by another published key of the provider",
                refused(),
                (token, p) -> token.header("kid", "elliptic")
                        .signedBy("ES256", Signer.ecdsa(256, secret(p.keys().elliptic()))));
        row("EdDSA", STEP_7, "alg says EdDSA", refused(), (token, p) -> token.header("alg", "EdDSA"));
        row("alg of encryption", STEP_7, "alg says RSA-OAEP", refused(), (token, p) -> token.header("alg", "RSA-OAEP"));
        row("alg dir", STEP_7, "alg says dir", refused(), (token, p) -> token.header("alg", "dir"));
    }

    private void secrets() {
        row(
                "HS256 with the key in DER",
                "JWT BCP 3.1",
                "HMAC with the public key in DER",
                refused(),
                (token, p) -> token.signedBy("HS256", Signer.hmac(256, Keys.encoded(p.signingKey()))));
        row(
                "HS256 with the key in PEM",
                "JWT BCP 3.1",
                "HMAC with the public key in PEM",
                refused(),
                (token, p) -> token.signedBy("HS256", Signer.hmac(256, pem(p.signingKey()))));
        row(
                "HS256 with the JWK",
                "JWT BCP 3.1",
                "HMAC with the published JWK",
                refused(),
                (token, p) -> token.signedBy(
                        "HS256",
                        Signer.hmac(
                                256, p.signingKey().toPublicJWK().toJSONString().getBytes(UTF_8))));
        row(
                "HS256 with the JWK Set",
                "JWT BCP 3.1",
                "HMAC with the published JWK Set",
                refused(),
                (token, p) -> token.signedBy(
                        "HS256",
                        Signer.hmac(256, p.keys().published(p.signingKey()).getBytes(UTF_8))));
        row(
                "HS256 with the modulus",
                "JWT BCP 3.1",
                "HMAC with the key's modulus",
                refused(),
                (token, p) -> token.signedBy(
                        "HS256", Signer.hmac(256, p.signingKey().getModulus().decode())));
        row(
                "HS384 with the key in DER",
                "JWT BCP 3.1",
                "HMAC with the public key in DER",
                refused(),
                (token, p) -> token.signedBy("HS384", Signer.hmac(384, Keys.encoded(p.signingKey()))));
        row(
                "HS512 with the key in DER",
                "JWT BCP 3.1",
                "HMAC with the public key in DER",
                refused(),
                (token, p) -> token.signedBy("HS512", Signer.hmac(512, Keys.encoded(p.signingKey()))));
        row(
                "HS256 with a zero byte",
                STEP_7,
                "HMAC with a key of one zero byte",
                refused(),
                (token, p) -> token.signedBy("HS256", Signer.hmac(256, new byte[1])));
        row(
                "HS256 with the client id",
                STEP_7,
                "HMAC with the client id",
                refused(),
                (token, p) -> token.signedBy("HS256", Signer.hmac(256, "conformance".getBytes(UTF_8))));
    }

    private static byte[] pem(RSAKey key) {
        return ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(Keys.encoded(key))
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(UTF_8);
    }

    private void signatures() {
        row(
                "another key",
                STEP_6,
                "signed by a key under the id of the right one",
                refused(),
                (token, p) -> token.signedBy(signer(p.keys().attackers())));
        row(
                "the key for encryption",
                "JWK 4.2",
                "signed by the provider's key for encryption",
                refused(),
                (token, p) -> token.header("kid", "encryption")
                        .signedBy(signer(p.keys().encryption())));
        row(
                "RS512 called RS256",
                STEP_6,
                "an RS512 signature under the name RS256",
                refused(),
                (token, p) -> token.signedBy(Signer.rsa(512, signing(p))));
        row(
                "PS256 called RS256",
                STEP_6,
                "a PS256 signature under the name RS256",
                refused(),
                (token, p) -> token.signedBy(Signer.pss(256, signing(p))));
        row(
                "no signature",
                STEP_6,
                "RS256 with an empty signature",
                refused(),
                (token, p) -> token.signedBy(Signer.NONE));
        row(
                "a signature of zeros",
                STEP_6,
                "256 zero bytes",
                refused(),
                (token, p) -> token.signedBy(input -> new byte[256]));
        row(
                "a short signature",
                STEP_6,
                "one byte is cut off",
                refused(),
                (token, p) -> token.part(2, text -> text.substring(0, text.length() - 4)));
        row(
                "a long signature",
                STEP_6,
                "some bytes more",
                refused(),
                (token, p) -> token.part(2, text -> text + "AAAA"));
        row(
                "a changed signature",
                STEP_6,
                "one bit is another",
                refused(),
                (token, p) -> token.part(2, text -> (text.startsWith("A") ? "B" : "A") + text.substring(1)));
        row(
                "changed claims",
                STEP_6,
                "the sub is changed after signing",
                refused(),
                (token, p) -> token.part(1, text -> Jwt.encoded(decoded(text).replaceFirst("person-", "victim-"))));
        row(
                "a changed header",
                STEP_6,
                "a header is added after signing",
                refused(),
                (token, p) -> token.part(0, text -> Jwt.encoded(decoded(text).replaceFirst("}$", ",\"x\":1}"))));
    }

    static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }

    private void embeddedKeys() {
        row(
                "jwk under the right kid",
                EMBEDDED,
                "signed by the key in its header jwk",
                refused(),
                (token, p) -> embed(token, p, token1 -> token1.header("jwk", publicKey(p)), true));
        row(
                "jwk without kid",
                EMBEDDED,
                "signed by the key in its header jwk, no kid",
                refused(),
                (token, p) -> embed(token.header("kid", null), p, token1 -> token1.header("jwk", publicKey(p)), true));
        row(
                "jwk with its own kid",
                EMBEDDED,
                "signed by the key in its header jwk",
                refused(),
                (token, p) -> embed(
                        token.header("kid", p.keys().attackers().getKeyID()),
                        p,
                        token1 -> token1.header("jwk", publicKey(p)),
                        true));
        row(
                "jwk with a private key",
                "JWS 4.1.3",
                "the header jwk has a private key",
                refused(),
                (token, p) -> embed(
                        token,
                        p,
                        token1 -> token1.header("jwk", p.keys().attackers().toJSONObject()),
                        true));
        row(
                "jwk beside a right signature",
                EMBEDDED,
                "an embedded key, signed by the right one",
                accepted("an embedded key is ignored, and nothing else is wrong"),
                (token, p) -> embed(token, p, token1 -> token1.header("jwk", publicKey(p)), false));
        for (String name : List.of("jku", "x5u")) {
            row(
                    name,
                    EMBEDDED,
                    "signed by the key at its header " + name,
                    refused(),
                    (token, p) -> embed(token, p, token1 -> token1.header(name, p.elsewhere()), true));
            row(
                    name + " without kid",
                    EMBEDDED,
                    "signed by the key at its header " + name + ", no kid",
                    refused(),
                    (token, p) ->
                            embed(token.header("kid", null), p, token1 -> token1.header(name, p.elsewhere()), true));
        }
        row(
                "x5c",
                EMBEDDED,
                "a certificate in the header, signed by another key",
                refused(),
                (token, p) -> embed(token, p, token1 -> token1.header("x5c", List.of("MIIB")), true));
        row(
                "x5t of another",
                "JWS 4.1.7",
                "x5t of a certificate that the provider does not have",
                refused(),
                (token, p) -> embed(
                        token.header("kid", null),
                        p,
                        token1 -> token1.header("x5t#S256", Jwt.encoded(new byte[32])),
                        true));
    }

    private static Map<String, Object> publicKey(MisbehavingProvider provider) {
        return provider.keys().attackers().toPublicJWK().toJSONObject();
    }

    private static void embed(Jwt token, MisbehavingProvider provider, Consumer<Jwt> change, boolean signed) {
        change.accept(token);
        if (signed) {
            token.signedBy(signer(provider.keys().attackers()));
        }
    }

    private void criticalHeaders() {
        String clause = "JWS 4.1.11";
        row(
                "crit of an unknown extension",
                clause,
                "crit names an unknown header",
                refused(),
                (token, p) -> token.header("crit", List.of("unknown")).header("unknown", true));
        row(
                "crit of something that is not there",
                clause,
                "crit names an absent header",
                refused(),
                (token, p) -> token.header("crit", List.of("unknown")));
        row(
                "crit of a standard header",
                clause,
                "crit names alg",
                refused(),
                (token, p) -> token.header("crit", List.of("alg")));
        row(
                "crit of exp",
                clause,
                "crit names exp",
                refused(),
                (token, p) -> token.header("crit", List.of("exp")).header("exp", 4_102_444_800L));
        row(
                "crit empty",
                clause,
                "crit is an empty list",
                accepted("an empty list names nothing that must be understood"),
                (token, p) -> token.header("crit", List.of()));
        row("crit is text", clause, "crit is a text", refused(), (token, p) -> token.header("crit", "exp"));
        row(
                "crit null",
                clause,
                "crit is null",
                accepted("null names nothing that must be understood"),
                (token, p) -> token.header("crit", Jwt.NULL));
        row(
                "b64 false",
                "RFC 7797 7",
                "b64 false and in crit",
                refused(),
                (token, p) -> token.header("b64", false).header("crit", List.of("b64")));
        row("b64 false without crit", "RFC 7797 6", "b64 false", refused(), (token, p) -> token.header("b64", false));
        row("b64 is text", "RFC 7797 3", "b64 is a text", refused(), (token, p) -> token.header("b64", "false"));
        row(
                "zip",
                "JWE 4.1.3",
                "zip, which a JWS does not have",
                accepted("JWS ignores headers that it does not know (JWS 4)"),
                (token, p) -> token.header("zip", "DEF"));
        row(
                "cty JWT",
                "JWT 5.2",
                "cty says that a JWT is inside",
                accepted("the claims are read as what they are"),
                (token, p) -> token.header("cty", "JWT"));
    }

    private void types() {
        String clause = "JWT BCP 3.11";
        for (String type : List.of("at+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", "JWT2", "")) {
            row(
                    "typ " + (type.isEmpty() ? "empty" : type),
                    clause,
                    "typ is " + (type.isEmpty() ? "an empty text" : type),
                    refused(),
                    (token, p) -> token.header("typ", type));
        }
        row("typ is a number", clause, "typ is 7", refused(), (token, p) -> token.header("typ", 7));
        row("no typ", "JWT 5.1", "no typ", accepted("typ is optional"), (token, p) -> token.header("typ", null));
        row(
                "typ in lower case",
                "JWT 5.1",
                "typ is jwt",
                accepted("case does not matter in a media type"),
                (token, p) -> token.header("typ", "jwt"));
    }

    private void keyIds() {
        String clause = "Core 10.1";
        row(
                "an unknown kid",
                clause,
                "signed by a key that is not published",
                refused(),
                (token, p) -> token.header("kid", p.keys().attackers().getKeyID())
                        .signedBy(signer(p.keys().attackers())));
        row(
                "a wrong kid",
                clause,
                "the right key under an unknown id",
                refused(),
                (token, p) -> token.header("kid", "unknown"));
        row(
                "the kid of another type of key",
                clause,
                "RS256 under the id of an elliptic key",
                refused(),
                (token, p) -> token.header("kid", "elliptic"));
        row("kid is a number", "JWS 4.1.4", "kid is 7", refused(), (token, p) -> token.header("kid", 7));
        row("kid empty", clause, "kid is an empty text", refused(), (token, p) -> token.header("kid", ""));
        row("kid is a path", clause, "kid is ../../keys", refused(), (token, p) -> token.header("kid", "../../keys"));
        row(
                "kid twice",
                "JWS 4",
                "two ids, the right one last",
                refused(),
                (token, p) -> token.headerText(json -> "{\"kid\":\"unknown\"," + json.substring(1)));
        row(
                "no kid",
                clause,
                "no kid; the provider has several keys",
                accepted("only one of them is an RSA key for signatures"),
                (token, p) -> token.header("kid", null));
        row(
                "no kid, another key",
                clause,
                "no kid, signed by an unpublished key",
                refused(),
                (token, p) -> token.header("kid", null).signedBy(signer(p.keys().attackers())));
    }

    private void serializations() {
        row(
                "two parts",
                SERIALIZATION,
                "the signature and its dot are missing",
                refused(),
                (token, p) -> token.afterwards(text -> text.substring(0, text.lastIndexOf('.'))));
        row(
                "four parts",
                SERIALIZATION,
                "a part more",
                refused(),
                (token, p) -> token.afterwards(text -> text + ".AAAA"));
        row(
                "five parts",
                SERIALIZATION,
                "two parts more: the form of a JWE",
                refused(),
                (token, p) -> token.afterwards(text -> text + ".AAAA.AAAA"));
        row(
                "one part",
                SERIALIZATION,
                "the claims alone",
                refused(),
                (token, p) -> token.afterwards(text -> text.split("\\.")[1]));
        row("dots alone", SERIALIZATION, "two dots", refused(), (token, p) -> token.afterwards(text -> ".."));
        row(
                "an encrypted token",
                "Core 3.1.3.7, step 1",
                "a JWE; none was agreed on",
                refused(),
                (token, p) -> token.afterwards(
                        text -> Jwt.encoded("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..AAAA.AAAA.AAAA"));
        row(
                "a JWE around an unsigned JWT",
                "Core 3.1.3.7, step 1",
                "encrypted to nobody, cty JWT",
                refused(),
                (token, p) -> token.afterwards(
                        text -> Jwt.encoded("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"cty\":\"JWT\"}")
                                + ".AAAA.AAAA.AAAA.AAAA"));
        row(
                "JSON serialization",
                SERIALIZATION,
                "a JWS in JSON",
                refused(),
                (token, p) -> token.afterwards(text -> {
                    String[] parts = text.split("\\.");
                    return Jwt.json(Map.of("protected", parts[0], "payload", parts[1], "signature", parts[2]));
                }));
        row(
                "a space before it",
                SERIALIZATION,
                "a space before the token",
                accepted("white space around it changes nothing that is signed"),
                (token, p) -> token.afterwards(text -> " " + text));
        row(
                "padding",
                SERIALIZATION,
                "= after the signature",
                accepted("the signature is the same with it"),
                (token, p) -> token.part(2, text -> text + "=="));
        row(
                "a character beyond base64url",
                SERIALIZATION,
                "a * in the signature",
                refused(),
                (token, p) -> token.part(2, text -> "*" + text.substring(1)));
        row(
                "the header is a list",
                "JWS 4",
                "a list instead of an object",
                refused(),
                (token, p) -> token.headerText(json -> "[" + json + "]"));
        row("the header is empty", "JWS 4", "an empty object", refused(), (token, p) -> token.headerText(json -> "{}"));
        row(
                "the header is no JSON",
                "JWS 5.2",
                "the word header",
                refused(),
                (token, p) -> token.headerText(json -> "header"));
        row(
                "text after the header",
                "JWS 5.2",
                "a second object after the header",
                refused(),
                (token, p) -> token.headerText(json -> json + "{}"));
        row(
                "a deep header",
                "JWS 5.2",
                "10,000 lists in each other",
                refused(),
                (token, p) -> token.headerText(
                        json -> "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "," + json.substring(1)));
        row("a large header", "JWS 5.2", "100 KB", refused(), (token, p) -> token.header("x", "x".repeat(100_000)));
    }
}
