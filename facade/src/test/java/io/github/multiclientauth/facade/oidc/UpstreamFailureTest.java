package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class UpstreamFailureTest {

    @Test
    void a_certificate_of_an_unknown_authority_is_described_with_the_setting() {
        SSLHandshakeException refused = new SSLHandshakeException("PKIX path building failed");
        refused.initCause(new CertificateException(
                new CertPathBuilderException("unable to find valid certification path to requested target")));

        assertThat(UpstreamFailure.describe(new IOException(refused)))
                .contains("mca.keycloak.trusted-certificates", "MCA_KEYCLOAK_TRUSTED_CERTIFICATES", "company")
                .doesNotContain("PKIX");
    }

    @Test
    void another_problem_of_a_certificate_is_described_as_it_is() {
        SSLHandshakeException refused = new SSLHandshakeException("No name matching id.example.com found");

        assertThat(UpstreamFailure.describe(refused)).contains("No name matching id.example.com found");
    }
}
