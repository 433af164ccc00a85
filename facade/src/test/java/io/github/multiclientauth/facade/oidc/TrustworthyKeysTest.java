package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustworthyKeysTest {

    private static final JWK PUBLIC = StandInKeycloak.KEY.toPublicJWK();

    @Test
    void are_public_keys_of_every_type() throws IOException, JOSEException {
        JWK elliptic = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK();
        JWKSet published = new JWKSet(List.of(PUBLIC, elliptic));

        assertThat(TrustworthyKeys.of(published).getKeys()).containsExactly(PUBLIC, elliptic);
    }

    @Test
    void are_neither_private_nor_symmetric_nor_short() throws IOException, JOSEException {
        JWK symmetric = new OctetSequenceKey.Builder(new byte[32]).build();
        JWKSet published = new JWKSet(
                List.of(StandInKeycloak.rsaKey("private"), symmetric, rsa(1024).toPublicJWK(), PUBLIC));

        assertThat(TrustworthyKeys.of(published).getKeys()).containsExactly(PUBLIC);
    }

    @Test
    void must_not_all_be_for_encryption() throws JOSEException {
        JWK encryption =
                new RSAKey.Builder(rsa(2048)).keyUse(KeyUse.ENCRYPTION).build().toPublicJWK();

        for (JWKSet published : List.of(
                new JWKSet(),
                new JWKSet(encryption),
                new JWKSet(List.of(encryption, rsa(1024).toPublicJWK())))) {
            assertThatThrownBy(() -> TrustworthyKeys.of(published))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no key for signatures can be trusted");
        }
    }

    @Test
    void are_for_verifying() throws IOException, JOSEException {
        JWK encrypts = new RSAKey.Builder(rsa(2048))
                .keyOperations(Set.of(KeyOperation.ENCRYPT))
                .build()
                .toPublicJWK();

        assertThat(TrustworthyKeys.of(new JWKSet(List.of(encrypts, PUBLIC))).getKeys())
                .containsExactly(PUBLIC);
    }

    private static RSAKey rsa(int bits) throws JOSEException {
        return new RSAKeyGenerator(bits, true).generate();
    }
}
