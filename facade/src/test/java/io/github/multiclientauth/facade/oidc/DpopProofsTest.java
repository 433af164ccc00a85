package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.DpopProofs.Checked;
import io.github.multiclientauth.facade.wire.EndpointAddress;
import io.github.multiclientauth.origin.Origin;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpopProofsTest {

    private static final String HERE = "https://app.example/api/auth/token";
    private static final EndpointAddress ADDRESS =
            new EndpointAddress(Set.of(Origin.parse("https://app.example").orElseThrow()), "/api/auth/token");
    private static final ECKey KEY = ec();

    private final MovableClock clock = new MovableClock();
    private final DpopProofs proofs = new DpopProofs(clock);

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm, JWK key) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key);
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", "POST")
                .claim("htu", HERE)
                .issueTime(Date.from(clock.instant()));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws Exception {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private String proof(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return signed(
                header(JWSAlgorithm.ES256, KEY.toPublicJWK()).build(),
                change.apply(claims()).build(),
                new ECDSASigner(KEY));
    }

    private Checked check(String proof) {
        return proofs.check(proof, ADDRESS);
    }

    private void assertWrong(String proof, String what) {
        assertThat(check(proof))
                .isInstanceOfSatisfying(
                        Checked.Wrong.class, wrong -> assertThat(wrong.what()).contains(what));
    }

    @Test
    void a_proof_shows_the_thumbprint_of_its_key() throws Exception {
        assertThat(check(proof(claims -> claims)))
                .isEqualTo(new Checked.Proved(KEY.computeThumbprint().toString()));
    }

    @Test
    void keys_of_other_kinds_will_do() throws Exception {
        ECKey large = new ECKeyGenerator(Curve.P_521).generate();
        RSAKey rsa = new RSAKeyGenerator(2048).generate();

        assertThat(check(signed(
                        header(JWSAlgorithm.ES512, large.toPublicJWK()).build(),
                        claims().build(),
                        new ECDSASigner(large))))
                .isInstanceOf(Checked.Proved.class);
        assertThat(check(signed(
                        header(JWSAlgorithm.PS256, rsa.toPublicJWK()).build(),
                        claims().build(),
                        new RSASSASigner(rsa))))
                .isInstanceOf(Checked.Proved.class);
    }

    @Test
    void a_proof_counts_once() throws Exception {
        String proof = proof(claims -> claims);
        check(proof);

        assertWrong(proof, "used before");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/api/auth/session",
                "https://app.example/api/auth/token?x",
                "http://app.example/api/auth/token",
                "https://evil.example/api/auth/token",
                "not an address",
                ""
            })
    void a_proof_for_another_address_is_wrong(String htu) throws Exception {
        assertWrong(proof(claims -> claims.claim("htu", htu)), "htu");
    }

    @Test
    void a_proof_lacks_nothing() throws Exception {
        assertWrong(proof(claims -> claims.claim("htm", "GET")), "htm");
        assertWrong(proof(claims -> claims.claim("htm", null)), "htm");
        assertWrong(proof(claims -> claims.claim("htu", null)), "htu");
        assertWrong(proof(claims -> claims.jwtID(null)), "jti");
        assertWrong(proof(claims -> claims.jwtID("")), "jti");
        assertWrong(proof(claims -> claims.issueTime(null)), "iat");
        assertWrong(proof(claims -> claims.issueTime(Date.from(clock.instant().minusSeconds(61)))), "iat");
        assertWrong(proof(claims -> claims.issueTime(Date.from(clock.instant().plusSeconds(62)))), "iat");
    }

    @Test
    void a_proof_is_signed_by_the_key_that_it_shows() throws Exception {
        ECKey another = new ECKeyGenerator(Curve.P_256).generate();
        JWTClaimsSet claims = claims().build();

        assertWrong(
                signed(header(JWSAlgorithm.ES256, another.toPublicJWK()).build(), claims, new ECDSASigner(KEY)),
                "another key");
        assertWrong(signed(header(JWSAlgorithm.ES256, null).build(), claims, new ECDSASigner(KEY)), "no public key");
        assertWrong(
                signed(
                        header(JWSAlgorithm.HS256, KEY.toPublicJWK()).build(),
                        claims,
                        new MACSigner("a secret of at least 32 characters")),
                "algorithm");
        assertWrong(
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .jwk(KEY.toPublicJWK())
                                .build(),
                        claims,
                        new ECDSASigner(KEY)),
                "dpop+jwt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b.c", "no proof", "e30.e30."})
    void anything_else_is_wrong(String proof) {
        assertThat(check(proof)).isInstanceOf(Checked.Wrong.class);
        assertWrong("x".repeat(10_000), "too long");
    }
}
